import { AuthorizeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { join } from 'node:path';
import type { Question } from '../../../src/core/questions/question';
import { expectOneLine, runAsOperator } from '../../cli/operator-cli';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';

const frankfurt = { account: MEMBER, region: 'eu-central-1' };
const virginia = { account: MEMBER, region: 'us-east-1' };
const HOUR = 3_600_000;

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping', configurationFile: join(__dirname, 'questions.yaml') });
  await portcullis.subscribe();
});
afterAll(() => portcullis.stop());

async function asked(place = virginia): Promise<{ group: Group; id: string; questionId: string }> {
  const group = await portcullis.openGroup(place, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.settle();
  const { UserDefinedFields } = await portcullis.findingOf(id);
  const remediationId = UserDefinedFields?.['PortcullisRemediationId'] ?? '';
  return { group, id, questionId: remediationId.replace('rem-', 'qst-') };
}

const statusOf = async (id: string) => {
  const { Workflow, UserDefinedFields } = await portcullis.findingOf(id);
  return [Workflow?.Status, UserDefinedFields?.['PortcullisOutcome']];
};
const isOpen = async (group: Group) => (await portcullis.ingressOf(group)).length > 0;
const run = (...args: readonly string[]) => runAsOperator(portcullis, args);
const eventsAbout = async (group: Group) =>
  (await portcullis.domainEventsAbout(group)).map((event) => event['detail-type']);

test('approved from a terminal: closed as it was shown, with who and why in record, note, certificate and event', async () => {
  const { group, id, questionId } = await asked();
  const listed = await run('questions', '--json');
  const questions = listed.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Question);
  expect(questions.map((question) => question.questionId)).toContain(questionId);

  const approved = await run('approve', questionId, '--comment', 'nobody uses it', '--json');
  expect(approved).toMatchObject({ exitCode: 0, stderr: '' });
  const record = JSON.parse(approved.stdout) as { remediationId: string };
  const answer = { questionId, answer: 'close', by: 'arn:aws:iam::111111111111:root', comment: 'nobody uses it' };
  expect(record).toMatchObject({ outcome: 'closed', answer, decidedBy: `answer to ${questionId} by ${answer.by}` });
  await portcullis.settle();
  expect([await isOpen(group), await statusOf(id)]).toEqual([false, ['RESOLVED', 'closed']]);
  expect((await portcullis.findingOf(id)).Note?.Text).toContain(answer.by);
  const closed = (await portcullis.domainEventsAbout(group)).at(-1);
  expect(closed).toMatchObject({ 'detail-type': 'Ingress Closed', detail: { answer } });

  const shown = await run('show', questionId.replace('qst-', 'rem-'));
  expect(shown.stdout).toContain('decided to have it closed');
  expect((await run('show', record.remediationId)).stdout).toContain('comment: nobody uses it');

  const again = await run('deny', questionId);
  expect(again.exitCode).toBe(2);
  expectOneLine(again, /is decided: arn:aws:iam::111111111111:root chose to have it closed .*\("nobody uses it"\)/);
});

test('denied by the id of the finding: it stays open, and the finding and the bus say who decided', async () => {
  const { group, id, questionId } = await asked();
  const denied = await run('deny', id, '--comment', 'a demo until Friday');
  expect(denied).toMatchObject({ exitCode: 0, stderr: '' });
  expect(denied.stdout).toContain('decided to leave it open');
  await portcullis.clock.advance(2 * 60_000);
  await portcullis.settle();
  expect([await isOpen(group), await statusOf(id)]).toEqual([true, ['NOTIFIED', 'asked']]);
  expect((await portcullis.findingOf(id)).Note?.Text).toMatch(/Left open: arn:.*"a demo until Friday"/);
  expect(await eventsAbout(group)).toEqual(['Decision Needed', 'Decision Made']);
  await portcullis.clock.advance(25 * HOUR);
  await portcullis.settle();
  expect(await isOpen(group)).toBe(true);
  expectOneLine(await run('approve', questionId), /is decided/);
});

test('who is none of the approvers changes nothing, and learns who may', async () => {
  const { group, questionId } = await asked(frankfurt);
  const refused = await run('approve', questionId);
  expect(refused.exitCode).toBe(2);
  expectOneLine(refused, /arn:aws:iam::111111111111:root may not answer qst-.*role:SecurityLead, slack:U0456EFGH/);
  await portcullis.settle();
  expect(await isOpen(group)).toBe(true);
});

test('a question of another deployment, no question, and an answer after the deadline are distinguished', async () => {
  expectOneLine(await run('approve', 'qst-0123456789abcdef'), /this deployment holds no question qst-0123456789abcdef/);
  expectOneLine(await run('approve', 'nonsense'), /Security Hub knows no finding nonsense/);
  const long = await run('deny', 'qst-0123456789abcdef', '--comment', 'x'.repeat(1001));
  expect(long.exitCode).toBe(2);
  expectOneLine(long, /comment .* is longer than 1000 characters/);
});

test('when the rules have changed since, the answer closes nothing and asks again', async () => {
  const { group, id, questionId } = await asked();
  const IpPermissions = [tcp(22, 22, '203.0.113.0/24'), tcp(20, 25, ANYWHERE)];
  await portcullis.clients
    .ec2(virginia)
    .send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions }));
  const approved = await run('approve', questionId);
  expect(approved.exitCode).toBe(1);
  expectOneLine(approved, /asked: The rules have changed since it was asked/);
  await portcullis.settle();
  expect([await isOpen(group), await statusOf(id)]).toEqual([true, ['NOTIFIED', 'asked']]);
  const next = await latestAbout(id);
  expect(next).not.toBe(questionId);
  expect(await run('approve', next)).toMatchObject({ exitCode: 0 });
  expect((await portcullis.ingressOf(group)).map(({ CidrIpv4 }) => CidrIpv4)).toEqual(['203.0.113.0/24']);
});

async function latestAbout(id: string): Promise<string> {
  const { UserDefinedFields } = await portcullis.findingOf(id);
  return (UserDefinedFields?.['PortcullisRemediationId'] ?? '').replace('rem-', 'qst-');
}

test('of two answers at once one wins, and the other is notified', async () => {
  const { group, id, questionId } = await asked();
  const both = await Promise.all([
    portcullis.commands.ask({ command: 'approve', questionId }),
    portcullis.commands.ask({ command: 'deny', questionId }),
  ]);
  const statuses = both.map((reply) => (reply.ok ? reply.value.status : 0)).sort();
  expect(statuses).toEqual([200, 400]);
  const approved = both[0].ok && both[0].value.status === 200;
  await portcullis.clock.advance(2 * 60_000);
  await portcullis.settle();
  expect(await isOpen(group)).toBe(!approved);
  expect(await statusOf(id)).toEqual(approved ? ['RESOLVED', 'closed'] : ['NOTIFIED', 'asked']);
});

test('accepted from a terminal until a day: an exception, with the comment as its reason, and nobody closes it', async () => {
  const { group, id, questionId } = await asked();
  const until = new Date(portcullis.clock.now() + 30 * 24 * HOUR).toISOString().slice(0, 10);
  const accepted = await run('accept', questionId, '--until', until, '--comment', 'the vendor has no VPN', '--json');
  expect(accepted).toMatchObject({ exitCode: 0, stderr: '' });
  expect(JSON.parse(accepted.stdout)).toMatchObject({
    outcome: 'excepted',
    exceptions: [{ reason: 'the vendor has no VPN', until: `${until}T00:00:00.000Z` }],
  });
  await portcullis.settle();
  expect([await isOpen(group), await statusOf(id)]).toEqual([true, ['SUPPRESSED', 'excepted']]);
  expectOneLine(await run('approve', questionId), /is decided: .* chose to accept the risk of it until/);
});

test('a custom action answers as well: who is later at a terminal learns who decided', async () => {
  const { group, id, questionId } = await asked();
  await portcullis.press(id);
  await portcullis.settle();
  expect(await isOpen(group)).toBe(false);
  expectOneLine(await run('deny', questionId), /is decided: custom action "Close ingress" chose to have it closed at/);
});
