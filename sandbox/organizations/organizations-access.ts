import { AwsError } from '../runtime/aws-error';
import type { CallContext, RequiredPermission } from '../runtime/operation';

/** What a call about something of the organization needs. */
export function permission(action: string, type: string, id: string, context: CallContext): RequiredPermission {
  return { action: `organizations:${action}`, resource: arnOf(type, id, context) };
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html */
export function arnOf(type: string, id: string, { world }: CallContext): string {
  return `arn:${world.partition}:organizations::${world.hub.account}:${type}/${world.organizationId}/${id}`;
}

/** @throws AwsError for members: they may not ask */
export function checkCaller({ world, account }: CallContext): void {
  if (account === world.hub.account) return;
  throw new AwsError('AccessDeniedException', "You don't have permissions to access this resource.");
}
