import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { synthesizeApp } from '../../../src/cli/sandbox/synthesize-app';
import { peerUrl } from '../peer-urls';
import { EVENT_SOURCE, makeDeployable, NOT_IN_MINISTACK } from './deployable-assembly';

const [account, region] = ['111111111111', 'eu-central-1'];
const directory = mkdtempSync(join(tmpdir(), 'portcullis-ministack-'));
const endpoint = peerUrl('MINISTACK');
const settings = { endpoint, region, credentials: { accessKeyId: account, secretAccessKey: 'any' } };
const eventBridge = new EventBridgeClient(settings);
const sqs = new SQSClient(settings);

afterAll(() => {
  eventBridge.destroy();
  sqs.destroy();
  rmSync(directory, { recursive: true, force: true });
});

test('the CDK deploys the hub stack into ministack, and an event on its bus reaches the deployed dispatcher', async () => {
  await synthesizeApp('portcullis.example.yaml', directory);
  const removed = makeDeployable(join(directory, 'Portcullis-Hub.template.json'));
  expect([...new Set(removed)].sort()).toEqual(NOT_IN_MINISTACK);
  cdk('bootstrap', `aws://${account}/${region}`);
  cdk('deploy', 'Portcullis-Hub', '--require-approval', 'never');

  // The rule lets it through by its other fields; the dispatcher itself insists on Security Hub as the source.
  const put = await eventBridge.send(
    new PutEventsCommand({
      Entries: [
        {
          Source: EVENT_SOURCE,
          DetailType: 'Security Hub Findings - Custom Action',
          Resources: [`arn:aws:securityhub:${region}:${account}:action/custom/PortcullisClose`],
          Detail: JSON.stringify({
            actionName: 'Close ingress',
            actionDescription: '',
            findings: [{ Id: 'a-finding' }],
          }),
        },
      ],
    }),
  );
  expect(put.FailedEntryCount).toBe(0);
  const setAside = await receiveFrom('Portcullis-DeadLetters');
  expect(setAside).toContain('Security Hub Findings - Custom Action');
  process.stdout.write(
    'ministack: hub stack deployed by the CDK without ' +
      `${NOT_IN_MINISTACK.join(', ')}; event → rule → queue → deployed dispatcher → dead letters\n`,
  );
}, 120_000);

/** The first message of a queue, within half a minute. */
async function receiveFrom(QueueName: string): Promise<string> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  for (let time = 0; time < 60; time++) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: `${endpoint}/${account}/${QueueName}`, MessageAttributeNames: ['All'] }),
    );
    if (Messages[0]) return JSON.stringify(Messages[0]);
    await pause(500);
  }
  throw new Error(`Nothing arrived in ${QueueUrl ?? QueueName}`);
}

function cdk(...args: readonly string[]): void {
  const cli = join('node_modules', 'aws-cdk', 'bin', 'cdk');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, ...args, '--app', directory, '--progress', 'events'],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        AWS_ENDPOINT_URL: endpoint,
        AWS_ACCESS_KEY_ID: account,
        AWS_SECRET_ACCESS_KEY: 'any',
        AWS_REGION: region,
      },
    },
  );
  if (status !== 0) throw new Error(`cdk ${args.join(' ')} failed: ${stdout}${stderr}`);
}
