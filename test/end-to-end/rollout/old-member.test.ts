import { DeleteDocumentCommand } from '@aws-sdk/client-ssm';
import type { Check } from '../../../src/flow/doctor/check';
import { runAsOperator } from '../../cli/operator-cli';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed } from '../deployed-portcullis';

const virginia = { account: MEMBER, region: 'us-east-1' };

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({
    clockMode: 'skipping',
    edit: ({ Resources }, file) => {
      if (file !== 'Portcullis-Member.template.json') return;
      for (const { Type, Properties } of Object.values(Resources)) {
        if (Type === 'AWS::SSM::Parameter') Properties['Value'] = '0.0.9-old';
      }
    },
  });
});
afterAll(() => portcullis.stop());

test('a member that is older than the hub is named by doctor, with both versions and what to do', async () => {
  const { stdout } = await runAsOperator(portcullis, ['doctor', '--json', '--accounts', MEMBER]);
  const checks = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Check);
  expect(checks.filter(({ check }) => check.startsWith('member '))).toEqual([
    {
      check: `member ${MEMBER} eu-central-1`,
      status: 'failed',
      found: expect.stringMatching(
        /^The member stack in 222222222222\/eu-central-1 is of version 0\.0\.9-old, and this hub goes with 0\.1\.0-\w+: /,
      ) as string,
      fix: expect.stringContaining('npx cdk deploy Portcullis-Member') as string,
    },
  ]);
});

test('a runbook that an older member does not have: the note names both versions', async () => {
  const Name = 'Portcullis-CloseSecurityGroupIngress';
  await portcullis.clients.ssm(virginia).send(new DeleteDocumentCommand({ Name }));
  const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.press(id);
  await portcullis.settle();
  const { Workflow, Note } = await portcullis.findingOf(id);
  expect(Workflow?.Status).toBe('NOTIFIED');
  expect(Note?.Text).toMatch(/is of version 0\.0\.9-old, and this hub goes with 0\.1\.0-\w+: deploy it again/);
});
