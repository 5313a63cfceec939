import * as schemas from '@aws-sdk/client-secrets-manager';
import type {
  CreateSecretRequest,
  CreateSecretResponse,
  DescribeSecretRequest,
  DescribeSecretResponse,
  GetSecretValueRequest,
  GetSecretValueResponse,
  PutSecretValueRequest,
  PutSecretValueResponse,
} from '@aws-sdk/client-secrets-manager';

import { AwsError } from '../runtime/aws-error';
import type { CallContext, Operation, Service } from '../runtime/operation';
import { Secrets, type Secret, type Version } from './secrets';

/**
 * Secrets Manager: texts with the labels AWSCURRENT and AWSPREVIOUS. No rotation by a function, bytes, replicas,
 * policies or deletion.
 */
export function createSecretsManager(): Service {
  const secrets = new Secrets();
  const onSecret =
    (action: string) =>
    ({ SecretId = '' }: { readonly SecretId: string | undefined }, context: CallContext) => [
      // Of a secret that is not there nobody knows the six characters.
      { action: `secretsmanager:${action}`, resource: secrets.find(context, SecretId)?.arn ?? '*' },
    ];
  const CreateSecret: Operation<CreateSecretRequest, CreateSecretResponse> = {
    permissions: ({ Name = '' }, context) => [
      { action: 'secretsmanager:CreateSecret', resource: secrets.arnPrefix(context, Name) },
    ],
    handle: ({ Name = '', SecretString }, context) => {
      const secret = secrets.create(context, Name, textOf(SecretString));
      return { ARN: secret.arn, Name: secret.name, VersionId: secret.current.id };
    },
  };
  const PutSecretValue: Operation<PutSecretValueRequest, PutSecretValueResponse> = {
    permissions: onSecret('PutSecretValue'),
    handle: ({ SecretId, SecretString }, context) => {
      const secret = secrets.get(context, SecretId);
      secrets.put(context, secret, textOf(SecretString));
      return { ARN: secret.arn, Name: secret.name, VersionId: secret.current.id, VersionStages: ['AWSCURRENT'] };
    },
  };
  const GetSecretValue: Operation<GetSecretValueRequest, GetSecretValueResponse> = {
    permissions: onSecret('GetSecretValue'),
    handle: ({ SecretId, VersionStage = 'AWSCURRENT' }, context) => {
      const secret = secrets.get(context, SecretId);
      const version = versionAt(secret, VersionStage);
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: version.id,
        SecretString: version.text,
        VersionStages: [VersionStage],
        CreatedDate: new Date(version.createdMillis),
      };
    },
  };
  const DescribeSecret: Operation<DescribeSecretRequest, DescribeSecretResponse> = {
    permissions: onSecret('DescribeSecret'),
    handle: ({ SecretId }, context) => {
      const { arn, name, current, previous } = secrets.get(context, SecretId);
      return {
        ARN: arn,
        Name: name,
        LastChangedDate: new Date(current.createdMillis),
        VersionIdsToStages: {
          [current.id]: ['AWSCURRENT'],
          ...(previous && { [previous.id]: ['AWSPREVIOUS'] }),
        },
      };
    },
  };
  return {
    signingName: 'secretsmanager',
    protocol: 'awsJson1_1',
    schemas,
    operations: { CreateSecret, PutSecretValue, GetSecretValue, DescribeSecret },
  };
}

function textOf(text: string | undefined): string {
  if (text !== undefined && text !== '') return text;
  throw new AwsError('InvalidRequestException', 'The sandbox keeps texts: provide SecretString.');
}

function versionAt({ current, previous }: Secret, stage: string): Version {
  const version = stage === 'AWSCURRENT' ? current : stage === 'AWSPREVIOUS' ? previous : undefined;
  if (version) return version;
  throw new AwsError(
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret value for staging label: ${stage}`,
  );
}
