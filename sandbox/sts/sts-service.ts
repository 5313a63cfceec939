import * as schemas from '@aws-sdk/client-sts';
import type {
  AssumeRoleCommandInput,
  AssumeRoleCommandOutput,
  GetCallerIdentityCommandOutput,
} from '@aws-sdk/client-sts';
import { toPrincipalArn } from '../iam/principal-match';
import type { RoleStore } from '../iam/role-store';
import { AwsError } from '../runtime/aws-error';
import type { CallContext, Operation, Service } from '../runtime/operation';
import { judgeTrust } from './judge-trust';
import type { SessionStore } from './session-store';

type Answer<Output> = Omit<Output, '$metadata'>;

/** https://docs.aws.amazon.com/STS/latest/APIReference/ */
export function createSts(roles: RoleStore, sessions: SessionStore): Service {
  const assumeRole: Operation<AssumeRoleCommandInput, Answer<AssumeRoleCommandOutput>> = {
    // Asked in the handler: a role's trust policy counts otherwise than a resource policy does.
    permissions: () => [],
    handle: (input, context) => {
      const { RoleArn: roleArn = '', RoleSessionName: sessionName = '' } = input;
      checkAssumeRole(input);
      const role = roles.findRoleByArn(roleArn);
      const refusal = judgeTrust(role, roleArn, context, roles, {
        'sts:RoleSessionName': sessionName,
        ...(input.ExternalId === undefined ? {} : { 'sts:ExternalId': input.ExternalId }),
      });
      if (refusal !== undefined || !role) throw new AwsError('AccessDenied', refusal ?? roleArn, 403);
      const durationSeconds = input.DurationSeconds ?? 3600;
      checkDuration(durationSeconds, role.maxSessionSeconds, context);
      const session = sessions.begin(role, sessionName, context.world.clock.now() + durationSeconds * 1000);
      const { accessKeyId, secretAccessKey, sessionToken, expiration } = session.credentials;
      return {
        Credentials: {
          AccessKeyId: accessKeyId,
          SecretAccessKey: secretAccessKey,
          SessionToken: sessionToken,
          Expiration: expiration,
        },
        AssumedRoleUser: {
          AssumedRoleId: `${role.roleId}:${sessionName}`,
          Arn: toPrincipalArn(session.principal, context.world.partition),
        },
      };
    },
  };

  const getCallerIdentity: Operation<object, Answer<GetCallerIdentityCommandOutput>> = {
    // "No permissions are required", says the API reference, not even against an explicit Deny.
    permissions: () => [],
    handle: (_, { principal, world }) => ({
      Account: principal.account,
      Arn: toPrincipalArn(principal, world.partition),
      UserId:
        principal.kind === 'role'
          ? `${roles.roleNamed(principal.account, principal.roleName).roleId}:${principal.sessionName}`
          : principal.account,
    }),
  };

  return {
    signingName: 'sts',
    protocol: 'awsQuery',
    schemas,
    operations: { AssumeRole: assumeRole, GetCallerIdentity: getCallerIdentity },
  };
}

function checkAssumeRole({ RoleArn, RoleSessionName, Policy, PolicyArns, Tags }: AssumeRoleCommandInput): void {
  if (RoleArn === undefined)
    throw invalid("Value null at 'roleArn' failed to satisfy constraint: Member must not be null");
  if (!/^arn:[^:]+:iam::\d{12}:role\/.+$/.test(RoleArn)) throw new AwsError('ValidationError', `${RoleArn} is invalid`);
  if (RoleSessionName === undefined || !/^[\w+=,.@-]{2,64}$/.test(RoleSessionName)) {
    throw invalid(
      `Value '${RoleSessionName ?? ''}' at 'roleSessionName' failed to satisfy constraint: ` +
        'Member must satisfy regular expression pattern: [\\w+=,.@-]*, with length 2 to 64',
    );
  }
  if (Policy !== undefined || PolicyArns !== undefined || Tags !== undefined) {
    throw new AwsError('NotInTheSandbox', 'Session policies and session tags are not in the sandbox.', 400);
  }
}

function checkDuration(seconds: number, maxSeconds: number, { principal }: CallContext): void {
  if (seconds < 900) {
    throw invalid(
      `Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: ` +
        'Member must have value greater than or equal to 900',
    );
  }
  if (seconds > maxSeconds) {
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  if (principal.kind === 'role' && seconds > 3600) {
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
}

function invalid(problem: string): AwsError {
  return new AwsError('ValidationError', `1 validation error detected: ${problem}`);
}
