import type { EditTemplate } from './assembly';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed } from './deployed-portcullis';

const virginia = { account: MEMBER, region: 'us-east-1' };

/** The documents keep their names and parameters, say Success, and change nothing. */
const doNothing: EditTemplate = ({ Resources }) => {
  for (const { Type, Properties } of Object.values(Resources)) {
    if (Type !== 'AWS::SSM::Document') continue;
    const { outputs: _, ...content } = Properties['Content'] as Record<string, unknown>;
    const step = { name: 'Sleep', action: 'aws:sleep', inputs: { Duration: 'PT1S' }, isEnd: true };
    Properties['Content'] = { ...content, mainSteps: [step] };
  }
};

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping', edit: doNothing });
});
afterAll(() => portcullis.stop());

test.each([
  ['closes', tcp(22, 22, ANYWHERE)],
  ['closes and keeps 443', tcp(0, 65_535, ANYWHERE)],
])(
  'a runbook that says Success but changes nothing ends NOTIFIED where it %s, never RESOLVED',
  async (_, permission) => {
    const group = await portcullis.openGroup(virginia, [permission]);
    const before = await portcullis.ingressOf(group);
    const id = await portcullis.importFinding(group, 'EC2.13');
    await portcullis.press(id);
    await portcullis.settle();
    const { Workflow, Note, UserDefinedFields } = await portcullis.findingOf(id);
    expect([Workflow?.Status, UserDefinedFields?.['PortcullisOutcome']]).toEqual(['NOTIFIED', 'still-open']);
    expect(Note?.Text).toContain('The runbook succeeded, but the rules do not show it.');
    expect(await portcullis.ingressOf(group)).toEqual(before);
  },
);
