import { ANYWHERE, tcp, type Group } from '../deployed-portcullis';
import { deployWithSlack, IN_GROUP, NAMED, VIRGINIA, type InSlack } from './in-slack';

let portcullis: InSlack;
beforeAll(async () => {
  portcullis = await deployWithSlack();
  await portcullis.subscribe();
});
afterAll(() => portcullis.stop());

async function asked(place = VIRGINIA, port = 22, control = 'EC2.13'): Promise<{ group: Group; id: string }> {
  const group = await portcullis.openGroup(place, [tcp(port, port, ANYWHERE)]);
  const id = await portcullis.importFinding(group, control);
  await portcullis.settle();
  return { group, id };
}

const isOpen = async (group: Group) => (await portcullis.ingressOf(group)).length > 0;
const statusOf = async (id: string) => {
  const { Workflow, UserDefinedFields } = await portcullis.findingOf(id);
  return [Workflow?.Status, UserDefinedFields?.['PortcullisOutcome']];
};

test('a click closes, within the time that Slack waits, and the message says who decided and what happened', async () => {
  const { group, id } = await asked();
  const message = await portcullis.messageAbout(group.id);
  const clicked = await portcullis.click({ user: NAMED, button: 'Close now', message });
  expect(clicked.status).toBe(200);
  const shown = await portcullis.textOf(group.id);
  expect(shown).toContain(`<@${NAMED}> decided to have it closed`);
  expect(shown).not.toContain('"actions"');
  await portcullis.settle();
  expect([await isOpen(group), await statusOf(id)]).toEqual([false, ['RESOLVED', 'closed']]);
  const closed = (await portcullis.domainEventsAbout(group)).at(-1);
  expect(closed).toMatchObject({
    'detail-type': 'Ingress Closed',
    detail: { answer: { answer: 'close', by: `slack:${NAMED}` } },
  });
  expect(await portcullis.textOf(group.id)).toContain('Ingress closed');
});

test('somebody of a group that may answer denies: it stays open, and finding and message say who', async () => {
  const { group, id } = await asked();
  const message = await portcullis.messageAbout(group.id);
  await portcullis.click({ user: IN_GROUP, button: 'Deny', message });
  await portcullis.settle();
  expect([await isOpen(group), await statusOf(id)]).toEqual([true, ['NOTIFIED', 'asked']]);
  expect((await portcullis.findingOf(id)).Note?.Text).toContain(`slack:${IN_GROUP}`);
  expect(await portcullis.textOf(group.id)).toContain('Decided: it stays open');
});
