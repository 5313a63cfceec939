import { BatchUpdateFindingsCommand } from '@aws-sdk/client-securityhub';
import { AuthorizeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { ANYWHERE, deploy, MEMBER, OTHER_MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';
import { verifyChain } from './verify-chain';

const virginia = { account: MEMBER, region: 'us-east-1' };
const elsewhere = { account: OTHER_MEMBER, region: 'eu-central-1' };
const NONE_OF_THE_LEDGER = 'rem-0000000000000000';

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
});
afterAll(() => portcullis.stop());

interface Closing {
  readonly group: Group;
  readonly id: string;
  readonly remediationId: string;
}

const remediationOf = async (id: string) =>
  (await portcullis.findingOf(id)).UserDefinedFields?.['PortcullisRemediationId'] ?? '';

const openPorts = async (group: Group) => (await portcullis.ingressOf(group)).map(({ FromPort }) => FromPort).sort();

/** Somebody opens a port, and has it closed by a finding of its own. */
async function close(group: Group, port: number, control: string): Promise<Closing> {
  const IpPermissions = [tcp(port, port, ANYWHERE)];
  await portcullis.clients
    .ec2(group)
    .send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions }));
  const id = await portcullis.importFinding(group, control);
  await choose('Close ingress', id);
  expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('RESOLVED');
  return { group, id, remediationId: await remediationOf(id) };
}

async function choose(action: string, id: string): Promise<void> {
  await portcullis.choose(action, id);
  await portcullis.settle();
}

/** As an automation rule or a person does: BatchUpdateFindings replaces all fields. */
async function overwrite(id: string, UserDefinedFields: Record<string, string>): Promise<void> {
  const { ProductArn = '' } = await portcullis.findingOf(id);
  const FindingIdentifiers = [{ Id: id, ProductArn }];
  await portcullis.clients
    .securityHub(portcullis.hub)
    .send(new BatchUpdateFindingsCommand({ FindingIdentifiers, UserDefinedFields }));
  expect((await portcullis.findingOf(id)).UserDefinedFields).toEqual(UserDefinedFields);
}

/** Two closings of one group, 22 and then 3389, each by a finding of its own; and one of another account's group. */
async function closings() {
  const group = await portcullis.openGroup(virginia, []);
  const first = await close(group, 22, 'EC2.13');
  const second = await close(group, 3389, 'EC2.14');
  const stranger = await close(await portcullis.openGroup(elsewhere, []), 22, 'EC2.13');
  expect(await openPorts(group)).toEqual([]);
  return { group, first, second, stranger };
}

type Closings = Awaited<ReturnType<typeof closings>>;

describe('Undo closing takes back the closing of the selected finding, and no other, where its fields', () => {
  test.each<readonly [string, (closings: Closings, own: Closing) => Record<string, string>]>([
    ['are replaced by those of a rule', () => ({ Owner: 'network' })],
    ['name no id', () => ({ PortcullisRemediationId: 'ticket 4711' })],
    [
      "name a closing of another account's group",
      ({ stranger }) => ({ PortcullisRemediationId: stranger.remediationId }),
    ],
    [
      'name the other closing of the group',
      ({ first, second }, own) => ({
        PortcullisRemediationId: own.id === first.id ? second.remediationId : first.remediationId,
      }),
    ],
  ])('%s', async (_how, fieldsOf) => {
    for (const which of ['first', 'second'] as const) {
      const all = await closings();
      const { id, remediationId } = all[which];
      await overwrite(id, fieldsOf(all, all[which]));
      await choose('Undo closing', id);

      expect(await openPorts(all.group)).toEqual([which === 'first' ? 22 : 3389]);
      expect(await openPorts(all.stranger.group)).toEqual([]);
      const finding = await portcullis.findingOf(id);
      expect([finding.Workflow?.Status, finding.UserDefinedFields?.['PortcullisOutcome']]).toEqual(['NEW', 'undone']);
      expect(finding.Note?.Text).toContain(`undid closing ${remediationId}`);
      expect(await verifyChain(portcullis, await remediationOf(id))).toEqual({ exitCode: 0, stderr: '' });
    }
  });
});

test('where the finding names a remediation that the ledger does not hold, as after a restore, nothing is opened', async () => {
  const group = await portcullis.openGroup(virginia, []);
  const { id } = await close(group, 22, 'EC2.13');
  await overwrite(id, { PortcullisRemediationId: NONE_OF_THE_LEDGER });
  await choose('Undo closing', id);
  expect(await openPorts(group)).toEqual([]);
  const { Workflow, Note } = await portcullis.findingOf(id);
  expect(Workflow?.Status).toBe('RESOLVED');
  expect(Note?.Text).toContain(`The ledger holds no remediation ${NONE_OF_THE_LEDGER}`);
});
