import { CloudFormationClient, ListStackInstancesCommand } from '@aws-sdk/client-cloudformation';
import {
  CreateAccountCommand,
  MoveAccountCommand,
  OrganizationsClient,
  RemoveAccountFromOrganizationCommand,
} from '@aws-sdk/client-organizations';
import type { Check } from '../../../src/flow/doctor/check';
import { runAsOperator } from '../../cli/operator-cli';
import { ANYWHERE, deploy, HUB, tcp, type Deployed } from '../deployed-portcullis';

const FILE = 'portcullis.sandbox-rollout.yaml';
const [ROLLOUT, NEW] = ['999999999999', '555555555555'] as const;
const [ROOT, WORKLOADS] = ['r-5a0d', 'ou-5a0d-workloads'] as const;

let portcullis: Deployed;
let organizations: OrganizationsClient;
let cloudformation: CloudFormationClient;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping', configurationFile: FILE });
  const as = (accessKeyId: string) => ({
    ...{ endpoint: portcullis.endpoint, region: 'eu-central-1', maxAttempts: 1 },
    credentials: { accessKeyId, secretAccessKey: 'any' },
  });
  organizations = new OrganizationsClient(as(HUB));
  cloudformation = new CloudFormationClient(as(ROLLOUT));
});
afterAll(async () => {
  organizations.destroy();
  cloudformation.destroy();
  await portcullis.stop();
});

async function instances(): Promise<readonly string[]> {
  await portcullis.settle();
  const asked = { StackSetName: 'Portcullis-Member', CallAs: 'DELEGATED_ADMIN' } as const;
  const { Summaries = [] } = await cloudformation.send(new ListStackInstancesCommand(asked));
  return Summaries.map(({ Account, Region, Status }) => `${String(Account)} ${String(Region)} ${String(Status)}`);
}

/** How the finding about an open group ends that an account imports by itself. */
async function endOfAFinding(account: string) {
  const group = await portcullis.openGroup({ account, region: 'us-east-1' }, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.settle();
  const { Workflow, Note } = await portcullis.findingOf(id);
  return { workflow: Workflow?.Status, note: Note?.Text, isOpen: (await portcullis.ingressOf(group)).length > 0 };
}

test('the units get the member stack by the StackSet, the hub by stacks of its own, and both are closed in', async () => {
  expect(await instances()).toEqual(
    ['eu-central-1', 'us-east-1'].flatMap((region) =>
      ['222222222222', '333333333333', '444444444444', ROLLOUT].map((account) => `${account} ${region} CURRENT`),
    ),
  );
  expect(await endOfAFinding('444444444444')).toMatchObject({ workflow: 'RESOLVED', isOpen: false });
  expect(await endOfAFinding(HUB)).toMatchObject({ workflow: 'RESOLVED', isOpen: false });
});

test('a new account that joins a unit is closed in with nothing deployed by hand; outside of it, its finding says what is missing', async () => {
  await organizations.send(new CreateAccountCommand({ AccountName: 'new', Email: 'new@example.com' }));
  const before = await endOfAFinding(NEW);
  expect(before).toMatchObject({ workflow: 'NOTIFIED', isOpen: true });
  expect(before.note).toContain('is the member stack deployed there?');

  const join = { AccountId: NEW, SourceParentId: ROOT, DestinationParentId: WORKLOADS };
  await organizations.send(new MoveAccountCommand(join));
  expect((await instances()).filter((each) => each.startsWith(NEW))).toEqual([
    `${NEW} eu-central-1 CURRENT`,
    `${NEW} us-east-1 CURRENT`,
  ]);
  expect(await endOfAFinding(NEW)).toMatchObject({ workflow: 'RESOLVED', isOpen: false });

  const leave = { AccountId: NEW, SourceParentId: WORKLOADS, DestinationParentId: ROOT };
  await organizations.send(new MoveAccountCommand(leave));
  expect((await instances()).filter((each) => each.startsWith(NEW))).toEqual([]);
  expect(await endOfAFinding(NEW)).toMatchObject({ workflow: 'NOTIFIED', isOpen: true });
});

test('doctor names the stack of a new account that has not enabled a Region, and what mends it', async () => {
  const another = '666666666666';
  await organizations.send(new CreateAccountCommand({ AccountName: 'another', Email: 'another@example.com' }));
  const before = await doctor(ROLLOUT, ['--rollout']);
  expect(before.map(({ check, status }) => [check, status])).toContainEqual(['StackSet Portcullis-Member', 'ok']);

  await portcullis.enableRegion(another, 'us-east-1', false);
  const join = { AccountId: another, SourceParentId: ROOT, DestinationParentId: WORKLOADS };
  await organizations.send(new MoveAccountCommand(join));
  await portcullis.settle();
  const failed = {
    check: `StackSet Portcullis-Member ${another} us-east-1`,
    status: 'failed',
    found: expect.stringContaining('FAILED') as string,
    fix: expect.stringMatching(
      new RegExp(`of ${another}: aws account enable-region --region-name us-east-1; then .*update-stack-instances`),
    ) as string,
  };
  expect((await doctor(ROLLOUT, ['--rollout'])).filter(({ status }) => status !== 'ok')).toEqual([failed]);
  // The hub's account is the organization's own here, and sees it too.
  const inHub = await doctor(HUB, ['--accounts', another, '--regions', 'us-east-1']);
  expect(inHub).toContainEqual(failed);
  expect(inHub).toContainEqual(expect.objectContaining({ check: `member ${another} us-east-1`, status: 'failed' }));
});

test('an account that has left the organization is scanned no more, and its finding says that it may have left', async () => {
  await organizations.send(new RemoveAccountFromOrganizationCommand({ AccountId: NEW }));
  // Sessions that there are hold to their end.
  await portcullis.clock.advance(20 * 60_000);
  const { stdout } = await runAsOperator(portcullis, ['scan', '--json', '--controls', 'EC2.13']);
  expect(stdout).toContain('"scanned"');
  expect(stdout).not.toContain(NEW);
  const end = await endOfAFinding(NEW);
  expect(end).toMatchObject({ workflow: 'NOTIFIED', isOpen: true });
  expect(end.note).toContain('is it still in the organization?');
});

async function doctor(account: string, args: readonly string[]): Promise<readonly Check[]> {
  const { stdout } = await runAsOperator(portcullis, ['doctor', '--json', ...args], { account });
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Check);
}
