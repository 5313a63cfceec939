import { toPrincipalArn } from '../iam/principal-match';
import type { Principal } from '../runtime/call';
import type { CallEnded } from '../runtime/operation';
import type { World } from '../runtime/world';
import { lowerFirst, REQUEST_PARAMETERS } from './request-parameters';

/** What runbooks call with: the service stands for where it calls from and with what. */
const RUNBOOKS = { sourceIp: 'ssm.amazonaws.com', userAgent: 'ssm.amazonaws.com' } as const;

/** What of a record others here look at; it holds more. */
export interface CloudTrailRecord {
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly eventID: string;
  readonly readOnly: boolean;
  readonly requestParameters: object | null;
  readonly responseElements: object | null;
}

/**
 * A management event as CloudTrail records it.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function toCloudTrailRecord(ended: CallEnded, world: World): CloudTrailRecord {
  const { operation, input, call, requestId, result } = ended;
  const { principal, account, region, agent = RUNBOOKS } = call;
  const record = {
    eventVersion: '1.11',
    userIdentity: toUserIdentity(principal, world),
    eventTime: new Date(world.clock.now()).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    eventSource: 'ec2.amazonaws.com',
    eventName: operation,
    awsRegion: region,
    sourceIPAddress: agent.sourceIp,
    userAgent: agent.userAgent,
    ...('error' in result ? { errorCode: `Client.${result.error.code}`, errorMessage: result.error.message } : {}),
    requestParameters: REQUEST_PARAMETERS[operation]?.(input) ?? null,
    responseElements: 'output' in result ? toResponseElements(result.output, requestId) : null,
    requestID: requestId,
    // One event a call: an id of its own would change those of all resources.
    eventID: requestId,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
  };
  return record;
}

function toUserIdentity(principal: Principal, world: World): object {
  const arn = toPrincipalArn(principal, world.partition);
  switch (principal.kind) {
    case 'account':
      return { type: 'Root', principalId: principal.account, arn, accountId: principal.account };
    case 'role': {
      const { account, roleName } = principal;
      const issuer = `arn:${world.partition}:iam::${account}:role/${roleName}`;
      return {
        type: 'AssumedRole',
        arn,
        accountId: account,
        accessKeyId: principal.accessKeyId,
        sessionContext: { sessionIssuer: { type: 'Role', arn: issuer, accountId: account, userName: roleName } },
      };
    }
    case 'service':
      return { type: 'AWSService', invokedBy: principal.service };
  }
}

function toResponseElements(output: unknown, requestId: string): object {
  const { SecurityGroupRules, GroupId } = (output ?? {}) as {
    readonly SecurityGroupRules?: readonly object[];
    readonly GroupId?: string;
  };
  return {
    requestId,
    _return: true,
    ...(GroupId === undefined ? {} : { groupId: GroupId }),
    ...(SecurityGroupRules === undefined
      ? {}
      : { securityGroupRuleSet: { items: SecurityGroupRules.map(lowerFirst) } }),
  };
}
