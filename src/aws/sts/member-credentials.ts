import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { failure, success } from '../../core/result';
import type { Clock, PortResult } from '../../flow/ports';
import type { Target } from '../../core/target';
import { attempt } from '../aws-failure';

export interface MemberCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

export interface MemberAccounts {
  credentialsFor(place: Pick<Target, 'partition' | 'account'>, remediationId: string): PortResult<MemberCredentials>;
}

/** Sessions are used up to this long before their end. */
const MARGIN_MILLIS = 5 * 60_000;

/** The shortest that STS gives: a session is for one remediation. */
const SESSION_SECONDS = 900;

/**
 * Sessions of the member role, one for each account and remediation, so that the member's CloudTrail names the
 * remediation in every call. Only the latest is kept: a function works on one remediation at a time.
 */
export function createMemberAccounts(client: STSClient, memberRole: string, clock: Clock): MemberAccounts {
  let session: { readonly key: string; readonly credentials: MemberCredentials } | undefined;
  return {
    async credentialsFor({ partition, account }, remediationId) {
      const key = `${account}/${remediationId}`;
      if (session?.key === key && session.credentials.expiration.getTime() - clock.now().getTime() > MARGIN_MILLIS) {
        return success(session.credentials);
      }
      const assumed = await attempt(
        `Role ${memberRole} cannot be assumed in account ${account} (is the member stack deployed there? is it still in the organization?)`,
        () =>
          client.send(
            new AssumeRoleCommand({
              RoleArn: `arn:${partition}:iam::${account}:role/${memberRole}`,
              RoleSessionName: `portcullis-${remediationId}`,
              DurationSeconds: SESSION_SECONDS,
            }),
          ),
      );
      if (!assumed.ok) return assumed;
      const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = assumed.value.Credentials ?? {};
      if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
        return failure({ code: 'unknown', retryable: false, cause: `STS gave no credentials for role ${memberRole}.` });
      }
      const credentials = {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretAccessKey,
        sessionToken: SessionToken,
        expiration: Expiration,
      };
      session = { key, credentials };
      return success(credentials);
    },
  };
}
