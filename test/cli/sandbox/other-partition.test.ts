import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../run-cli';
import { CONFIGURATION, createPlace, type Place } from './place';

let place: Place;
beforeAll(() => {
  place = createPlace();
});
afterAll(() => {
  place.remove();
});

interface Ready {
  readonly endpoint: string;
  readonly hub: object;
  readonly scenarios: readonly { readonly findingIds: readonly string[]; readonly target: object }[];
}

test('a configuration in GovCloud is deployed into its partition, and closes from finding to RESOLVED', async () => {
  const config = place.write(
    'gov.yaml',
    CONFIGURATION.replaceAll('eu-central-1', 'us-gov-west-1').replaceAll('us-east-1', 'us-gov-east-1'),
  );
  const scenario = place.write(
    'scenario.yaml',
    `scenarios:
  - name: SSH
    account: '222222222222'
    region: us-gov-east-1
    controls: [EC2.13]
    rules: [{ protocol: tcp, from: 22, to: 22, source: 0.0.0.0/0 }]
`,
  );
  const sandbox = place.start(['sandbox', '--port', '0', '--config', config, '--scenario', scenario]);
  await sandbox.says('"ready":true');
  const ready = JSON.parse(sandbox.stdout()) as Ready;
  expect(ready).toMatchObject({ hub: { account: '111111111111', region: 'us-gov-west-1' } });
  const [prepared] = ready.scenarios;
  const id = prepared?.findingIds[0] ?? '';
  expect(id).toMatch(/^arn:aws-us-gov:securityhub:us-gov-east-1:222222222222:/);

  const env = {
    AWS_ENDPOINT_URL: ready.endpoint,
    AWS_ACCESS_KEY_ID: '111111111111',
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_REGION: 'us-gov-west-1',
  };
  // The sandbox knows its hub: nobody has to name it.
  const pressed = await runCli(['sandbox', 'press', 'Preview closing', id], { env });
  expect(pressed).toEqual({ exitCode: 0, stdout: '"Preview closing" pressed for 1 finding\n', stderr: '' });
  const closed = await runCli(['remediate', id, '--json'], { env });
  expect(closed).toMatchObject({ exitCode: 0, stderr: '' });
  expect(JSON.parse(closed.stdout)).toMatchObject({
    outcome: 'closed',
    target: { partition: 'aws-us-gov', ...prepared?.target },
  });
  // Every line of doctor is ok: else it ends with 1 or 3.
  const doctor = await runCli(['doctor', '--regions', 'us-gov-west-1,us-gov-east-1'], { env });
  expect(doctor).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('who hears alarms: 1') as string });
  const report = await runCli(['report', '--out', join(place.directory, 'out'), '--json'], { env });
  expect(JSON.parse(report.stdout)).toMatchObject({ byStatus: { closed: 1 }, notUnderstood: 0 });
  const csv = readFileSync(join(place.directory, 'out', 'findings.csv'), 'utf8');
  expect(csv).toContain('arn:aws-us-gov:ec2:us-gov-east-1:222222222222:security-group/');
  expect(csv).not.toContain('arn:aws:');

  expect(await sandbox.end('SIGINT')).toMatchObject({ exitCode: 0 });
  expect(place.leftBehind()).toEqual([]);
});
