import type { CallContext } from '../runtime/operation';

/**
 * The hub of an account and Region, on which most actions of Security Hub are permitted.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecurityhub.html
 */
export function hubArn({ world, region, account }: Pick<CallContext, 'world' | 'region' | 'account'>): string {
  return `arn:${world.partition}:securityhub:${region}:${account}:hub/default`;
}
