import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { SandboxWorld } from '../../../sandbox/runtime/create-world';
import type { Place } from './place';

/** Actions on resources, by their ARNs; on all where none are named. */
export interface Permission {
  readonly actions: readonly string[];
  readonly resources?: readonly string[];
}

/** What an SDK client needs to call as somebody. */
export interface PrincipalSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
  readonly maxAttempts: number;
}

export interface Somebody {
  /** Of their session, as STS and API Gateway show it. */
  readonly arn: string;
  readonly settings: PrincipalSettings;
}

/** People with exactly the permissions that a test gives them. */
export interface Principals {
  /** A session of a new role of the place's account that may do this and nothing else. */
  somebody(place: Place, ...permissions: readonly Permission[]): Promise<Somebody>;
}

export function createPrincipals(world: SandboxWorld, endpoint: string): Principals {
  let made = 0;
  const makeRole = world.services.map(({ provisioners }) => provisioners?.['AWS::IAM::Role']).find(Boolean);

  return {
    async somebody({ account, region }, ...permissions) {
      const RoleName = `Somebody-${String(++made)}`;
      const Statement = permissions.map(({ actions, resources = ['*'] }) => ({
        Effect: 'Allow',
        Action: [...actions],
        Resource: [...resources],
      }));
      const trusted = { AWS: `arn:${world.partition}:iam::${account}:root` };
      const role = await makeRole?.(
        {
          RoleName,
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: trusted, Action: 'sts:AssumeRole' }],
          },
          Policies: [{ PolicyName: 'Only', PolicyDocument: { Version: '2012-10-17', Statement } }],
        },
        { world, account, region, logicalId: RoleName, stackName: 'Somebody' },
      );
      const administrator = { accessKeyId: account, secretAccessKey: 'any' };
      const sts = new STSClient({ endpoint, region, credentials: administrator, maxAttempts: 1 });
      try {
        const { Credentials, AssumedRoleUser } = await sts.send(
          new AssumeRoleCommand({ RoleArn: role?.attributes['Arn'] ?? '', RoleSessionName: 'somebody' }),
        );
        const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
        const credentials = {
          accessKeyId: AccessKeyId,
          secretAccessKey: SecretAccessKey,
          sessionToken: SessionToken,
        };
        return { arn: AssumedRoleUser?.Arn ?? '', settings: { endpoint, region, credentials, maxAttempts: 1 } };
      } finally {
        sts.destroy();
      }
    },
  };
}
