import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { createSecretsManager } from '../../../sandbox/secretsmanager/secretsmanager-service';
import type { Sandbox } from '../../../sandbox/sandbox';
import { asAdministrator, hub, member, startSmallSandbox } from '../small-sandbox';

let sandbox: Sandbox;
let client: SecretsManagerClient;
beforeAll(async () => {
  sandbox = await startSmallSandbox(createSecretsManager());
  client = new SecretsManagerClient(asAdministrator(sandbox, hub));
  await client.send(new CreateSecretCommand({ Name: 'team/hook', SecretString: 'first' }));
});
afterAll(async () => {
  client.destroy();
  await sandbox.stop();
});

const read = (SecretId: string, VersionStage?: string) =>
  client.send(new GetSecretValueCommand({ SecretId, VersionStage }));

test('a secret is read by its name and by its ARN, which ends in six characters of its own', async () => {
  const { ARN = '', SecretString } = await read('team/hook');
  expect(SecretString).toBe('first');
  expect(ARN).toMatch(/^arn:aws:secretsmanager:eu-central-1:111111111111:secret:team\/hook-\w{6}$/);
  expect((await read(ARN)).Name).toBe('team/hook');
});

test('a new version is the current one, and the one before is the previous', async () => {
  await client.send(new PutSecretValueCommand({ SecretId: 'team/hook', SecretString: 'second' }));
  expect((await read('team/hook')).SecretString).toBe('second');
  expect((await read('team/hook', 'AWSPREVIOUS')).SecretString).toBe('first');
  const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId: 'team/hook' }));
  expect(Object.values(VersionIdsToStages).flat().sort()).toEqual(['AWSCURRENT', 'AWSPREVIOUS']);
});

test('one that is not there, or of another account, is not found; a name is taken once', async () => {
  await expect(read('team/other')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const elsewhere = new SecretsManagerClient(asAdministrator(sandbox, member));
  await expect(elsewhere.send(new GetSecretValueCommand({ SecretId: 'team/hook' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  elsewhere.destroy();
  const again = new CreateSecretCommand({ Name: 'team/hook', SecretString: 'x' });
  await expect(client.send(again)).rejects.toMatchObject({ name: 'ResourceExistsException' });
});
