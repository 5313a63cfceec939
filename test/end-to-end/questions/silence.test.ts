import { RevokeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { join } from 'node:path';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';

const frankfurt = { account: MEMBER, region: 'eu-central-1' };
const virginia = { account: MEMBER, region: 'us-east-1' };
const HOUR = 3_600_000;

let portcullis: Deployed;
beforeEach(async () => {
  portcullis = await deploy({ clockMode: 'skipping', configurationFile: join(__dirname, 'questions.yaml') });
  await portcullis.subscribe();
});
afterEach(() => portcullis.stop());

async function asked(place: typeof frankfurt): Promise<{ readonly group: Group; readonly id: string }> {
  const group = await portcullis.openGroup(place, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.settle();
  expect(await statusOf(id)).toEqual(['NOTIFIED', 'asked']);
  return { group, id };
}

async function statusOf(id: string) {
  const { Workflow, UserDefinedFields } = await portcullis.findingOf(id);
  return [Workflow?.Status, UserDefinedFields?.['PortcullisOutcome']];
}

const noteOf = async (id: string) => (await portcullis.findingOf(id)).Note?.Text ?? '';
const eventsAbout = async (group: Group) =>
  (await portcullis.domainEventsAbout(group)).map(({ 'detail-type': type, detail }) =>
    detail['reminder'] === true ? `${type} (reminder)` : type,
  );
const isOpen = async (group: Group) => (await portcullis.ingressOf(group)).length > 0;

async function later(hours: number) {
  await portcullis.clock.advance(hours * HOUR);
  await portcullis.settle();
}

test('silence closes where the policy says so, to the minute', async () => {
  const { group, id } = await asked(virginia);
  await later(23.9);
  expect(await isOpen(group)).toBe(true);
  await later(0.2);
  expect(await statusOf(id)).toEqual(['RESOLVED', 'closed']);
  expect(await isOpen(group)).toBe(false);
  expect(await eventsAbout(group)).toEqual(['Decision Needed', 'Decision Needed (reminder)', 'Ingress Closed']);
  expect(await portcullis.deadLetters()).toEqual([]);
});

test('silence leaves it open where the policy says so, after one reminder, and the finding says it', async () => {
  const { group, id } = await asked(frankfurt);
  await later(12.1);
  expect(await eventsAbout(group)).toEqual(['Decision Needed', 'Decision Needed (reminder)']);
  await later(12);
  expect(await statusOf(id)).toEqual(['NOTIFIED', 'asked']);
  expect(await noteOf(id)).toContain('nobody answered qst-');
  expect(await isOpen(group)).toBe(true);
  await later(48);
  expect((await eventsAbout(group)).slice(2)).toEqual(['Decision Missed']);
});

test('a question whose target somebody closed by hand ends as soon as Security Hub says that its control passes', async () => {
  const { group, id } = await asked(virginia);
  const IpPermissions = [tcp(22, 22, ANYWHERE)];
  await portcullis.clients
    .ec2(virginia)
    .send(new RevokeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions }));
  // As Security Hub does once AWS Config has looked again.
  await portcullis.importFinding(group, 'EC2.13', {
    Id: id,
    Compliance: { Status: 'PASSED', SecurityControlId: 'EC2.13' },
    UpdatedAt: new Date(portcullis.clock.now()).toISOString(),
  } as never);
  await portcullis.settle();
  expect(await eventsAbout(group)).toEqual(['Decision Needed', 'Question Settled']);
  const questionId = ((await portcullis.findingOf(id)).UserDefinedFields?.['PortcullisRemediationId'] ?? '').replace(
    'rem-',
    'qst-',
  );
  const late = await portcullis.commands.ask({ command: 'approve', questionId });
  expect(late).toMatchObject({ ok: true, value: { status: 400 } });
  await later(25);
  expect(await eventsAbout(group)).toEqual(['Decision Needed', 'Question Settled']);
});

test('a question whose target somebody has closed meanwhile ends by itself', async () => {
  const { group, id } = await asked(virginia);
  await portcullis.press(id);
  await portcullis.settle();
  expect(await statusOf(id)).toEqual(['RESOLVED', 'closed']);
  const noted = await noteOf(id);
  await later(25);
  expect(await noteOf(id)).toBe(noted);
  expect(await eventsAbout(group)).toEqual(['Decision Needed', 'Ingress Closed']);
});
