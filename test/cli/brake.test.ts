import { ANYWHERE, deploy, HUB, MEMBER, tcp, type Deployed, type Group } from '../end-to-end/deployed-portcullis';
import { expectOneLine, runAsOperator } from './operator-cli';

// In the sandbox's configuration EC2.14 is closed with nobody watching.

const PLACE = { account: MEMBER, region: 'us-east-1' };
const ADMINISTRATOR = `arn:aws:iam::${HUB}:root`;

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
  await portcullis.subscribe();
});
afterAll(() => portcullis.stop());

const brake = (...args: readonly string[]) => runAsOperator(portcullis, ['brake', ...args]);

async function openRdp(): Promise<{ readonly group: Group; readonly id: string }> {
  const group = await portcullis.openGroup(PLACE, [tcp(3389, 3389, ANYWHERE)]);
  return { group, id: await portcullis.importFinding(group, 'EC2.14') };
}

async function brakeEvents(): Promise<readonly unknown[]> {
  return (await portcullis.messages())
    .filter(({ queue, body }) => queue.endsWith(':subscriber') && body.includes('"Brake '))
    .map(({ body }) => JSON.parse(body) as unknown);
}

test('an engaged brake has everything automatic ask, in every account; a person still closes, and releases it', async () => {
  expect((await brake('status')).stdout).toBe('The brake is not engaged, and no account is held.\n');
  const engaged = await brake('engage', '--reason', 'deployment on Friday');
  expect(engaged).toMatchObject({ exitCode: 0, stderr: '' });
  expect(engaged.stdout).toMatch(/^Engaged\. everything: held since \S+ by arn:\S+\. deployment on Friday\n$/);

  const { group, id } = await openRdp();
  await portcullis.settle();
  const asked = await portcullis.findingOf(id);
  expect(asked.Workflow?.Status).toBe('NOTIFIED');
  expect(asked.UserDefinedFields?.['PortcullisOutcome']).toBe('asked');
  expect(asked.Note?.Text).toContain('The brake is engaged since');
  expect(asked.Note?.Text).toContain(
    '"deployment on Friday". Nothing is closed by itself until: portcullis brake release.',
  );
  expect(await portcullis.ingressOf(group)).toHaveLength(1);

  await portcullis.press(id);
  await portcullis.settle();
  expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('RESOLVED');

  const status = await brake('status', '--json');
  expect(JSON.parse(status.stdout)).toEqual({
    account: '*',
    reason: 'deployment on Friday',
    by: ADMINISTRATOR,
    since: expect.any(String) as string,
  });
  expect((await brake('release')).stdout).toMatch(/^Released\. everything: held since/);
  const later = await openRdp();
  await portcullis.settle();
  expect((await portcullis.findingOf(later.id)).Workflow?.Status).toBe('RESOLVED');
  expect(await brakeEvents()).toMatchObject([
    { 'detail-type': 'Brake Engaged', detail: { by: ADMINISTRATOR, reason: 'deployment on Friday' } },
    { 'detail-type': 'Brake Released', detail: { by: ADMINISTRATOR, reason: 'deployment on Friday' } },
  ]);
});

test('engaged twice, or released while it is not engaged, it ends with 2', async () => {
  expect((await brake('engage')).exitCode).toBe(0);
  const again = await brake('engage');
  expect(again.exitCode).toBe(2);
  expectOneLine(again, /the brake is engaged already; see portcullis brake status/);
  expect((await brake('release')).exitCode).toBe(0);
  const nothing = await brake('release');
  expect(nothing.exitCode).toBe(2);
  expectOneLine(nothing, /the brake is not engaged; see portcullis brake status/);
});
