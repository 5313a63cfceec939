import { DeleteSecurityGroupCommand, RevokeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { runAsOperator } from '../../cli/operator-cli';
import { ANYWHERE, tcp, type Group } from '../deployed-portcullis';
import { bodyOf, deployWithChannels, VIRGINIA, type WithChannels } from './outside';

const HOUR = 3_600_000;

let portcullis: WithChannels;
beforeAll(async () => {
  portcullis = await deployWithChannels({ configurationFile: 'test/end-to-end/channels/matters.yaml' });
});
afterAll(() => portcullis.stop());

interface Asked {
  readonly group: Group;
  readonly finding: string;
}

async function ask(): Promise<Asked> {
  const group = await portcullis.openGroup(VIRGINIA, [tcp(22, 22, ANYWHERE)]);
  const finding = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.settle();
  return { group, finding };
}

/** What PagerDuty was sent about a group, in order. */
async function incidentOf({ group }: Asked): Promise<readonly string[]> {
  const all = (await portcullis.outbox('pagerduty')).map(bodyOf);
  return all
    .filter((event) => String(event['dedup_key']).includes(group.id))
    .map((event) => String(event['event_action']));
}

async function revoke({ group }: Asked): Promise<void> {
  const IpPermissions = [tcp(22, 22, ANYWHERE)];
  await portcullis.clients.ec2(group).send(new RevokeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions }));
}

const choose = (action: string) => (asked: Asked) => portcullis.choose(action, asked.finding);
const run = (...args: readonly string[]) => runAsOperator(portcullis, args);

async function questionOf({ finding }: Asked): Promise<string> {
  const { UserDefinedFields } = await portcullis.findingOf(finding);
  return (UserDefinedFields?.['PortcullisRemediationId'] ?? '').replace('rem-', 'qst-');
}

/** As Security Hub does once AWS Config has looked again. */
async function pass({ group, finding }: Asked): Promise<void> {
  const { Id } = await portcullis.findingOf(finding);
  await portcullis.importFinding(group, 'EC2.13', {
    Id,
    Compliance: { Status: 'PASSED', SecurityControlId: 'EC2.13' },
    UpdatedAt: new Date(portcullis.clock.now()).toISOString(),
  } as never);
}

test.each<[string, readonly ((asked: Asked) => Promise<unknown>)[]]>([
  ['is closed by Portcullis', [choose('Close ingress')]],
  ['is closed by hand before Portcullis looks', [revoke, choose('Close ingress')]],
  [
    'is deleted before Portcullis looks',
    [
      ({ group }) => portcullis.clients.ec2(group).send(new DeleteSecurityGroupCommand({ GroupId: group.id })),
      choose('Close ingress'),
    ],
  ],
  ['is accepted as a risk', [choose('Accept risk')]],
  [
    'a person decides to leave open',
    [
      async (asked) => run('deny', await questionOf(asked), '--comment', 'a demo'),
      () => portcullis.clock.advance(HOUR / 30),
    ],
  ],
  [
    'is closed by hand, and has passed when the deadline comes',
    [revoke, pass, () => portcullis.clock.advance(25 * HOUR)],
  ],
])('an incident of what %s is resolved, though the filters name questions alone', async (_what, acts) => {
  const asked = await ask();
  expect(await incidentOf(asked)).toEqual(['trigger']);
  for (const act of acts) {
    await act(asked);
    await portcullis.settle();
  }
  expect(await incidentOf(asked)).toEqual(['trigger', 'resolve']);
});

test('an incident about which nobody answers in time stays open: nobody looked', async () => {
  const asked = await ask();
  await portcullis.clock.advance(25 * HOUR);
  await portcullis.settle();
  // The second is the reminder after half the time, about the same incident.
  expect(await incidentOf(asked)).toEqual(['trigger', 'trigger']);
  expect((await portcullis.findingOf(asked.finding)).Note?.Text).toMatch(/nobody answered/i);
});

test('what was accepted is an incident again when its exception ends, and a person is asked anew', async () => {
  const asked = await ask();
  await portcullis.choose('Accept risk', asked.finding);
  await portcullis.settle();
  await portcullis.clock.advance(31 * 24 * HOUR);
  await portcullis.settle();
  const reminder = 'trigger';
  expect(await incidentOf(asked)).toEqual(['trigger', 'resolve', 'trigger', reminder]);
});
