import { GetInsightResultsCommand, GetInsightsCommand } from '@aws-sdk/client-securityhub';
import { runAsOperator } from '../../cli/operator-cli';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed } from '../deployed-portcullis';
import { createFaces, type Faces } from './faces';

const PLACE = { account: MEMBER, region: 'us-east-1' };
const DAY_MILLIS = 24 * 60 * 60 * 1000;

let portcullis: Deployed;
let faces: Faces;
beforeAll(async () => {
  portcullis = await deploy({
    clockMode: 'skipping',
    configurationFile: 'test/end-to-end/security-hub-v2/both.yaml',
  });
  await portcullis.subscribe();
  faces = createFaces(portcullis);
});
afterAll(() => portcullis.stop());

const remediationOf = async (id: string) =>
  (await portcullis.findingOf(id)).UserDefinedFields?.['PortcullisRemediationId'] ?? '';

/** What an insight of ours shows in the hub's console. */
async function insight(name: string) {
  const client = portcullis.clients.securityHub(portcullis.hub);
  const { Insights = [] } = await client.send(new GetInsightsCommand({}));
  const InsightArn = Insights.find(({ Name }) => Name === `Portcullis: ${name}`)?.InsightArn;
  const { InsightResults } = await client.send(new GetInsightResultsCommand({ InsightArn }));
  return InsightResults?.ResultValues;
}

describe('with both hubs an import is two events of one finding', () => {
  let id: string;
  let group: Awaited<ReturnType<Deployed['openGroup']>>;
  beforeAll(async () => {
    group = await portcullis.openGroup(PLACE, [tcp(3389, 3389, ANYWHERE)]);
    id = await portcullis.importFinding(group, 'EC2.14');
    await portcullis.settle();
  });

  test('the group is closed by one remediation', async () => {
    expect(await portcullis.ingressOf(group)).toEqual([]);
    const notified = await portcullis.domainEventsAbout(group);
    expect(notified.map((event) => event['detail-type'])).toEqual(['Ingress Closed']);
  });

  test('both faces are RESOLVED, with the same outcome and remediation', async () => {
    expect(await faces.seen(id)).toEqual({
      cspm: { workflow: 'RESOLVED', outcome: 'closed' },
      v2: { workflow: 'RESOLVED', outcome: 'closed' },
    });
    const { comment, portcullisRemediationId } = await faces.faceOf(id);
    expect(comment).toMatch(/tcp 3389 from 0\.0\.0\.0\/0 .*\[Portcullis closed \S+Z rem-[0-9a-f]{16}\]$/);
    expect(portcullisRemediationId).toBe(await remediationOf(id));
  });

  test('a rule that raises the severity of production holds in both', async () => {
    expect((await portcullis.findingOf(id)).Severity?.Label).toBe('CRITICAL');
    expect(await faces.rawOf(id)).toMatchObject({ severity: 'Critical', vendor_attributes: { severity: 'Critical' } });
  });

  test('an insight counts what was closed, by account', async () => {
    expect(await insight('closed by Portcullis')).toEqual([{ GroupByAttributeValue: MEMBER, Count: 1 }]);
  });

  test('an undo updates both', async () => {
    const { exitCode } = await runAsOperator(portcullis, ['undo', await remediationOf(id)]);
    expect(exitCode).toBe(0);
    const { cspm, v2 } = await faces.seen(id);
    expect(cspm.outcome).toBe('undone');
    expect(v2).toEqual(cspm);
    expect(await portcullis.ingressOf(group)).toHaveLength(1);
  });
});

describe('an accepted risk', () => {
  async function accept(): Promise<string> {
    const group = await portcullis.openGroup(PLACE, [tcp(22, 22, ANYWHERE)]);
    const id = await portcullis.importFinding(group, 'EC2.13');
    const until = new Date(portcullis.clock.now() + 10 * DAY_MILLIS).toISOString().slice(0, 10);
    await runAsOperator(portcullis, ['exceptions', 'add', '--finding', id, '--until', until, '--reason', 'a vendor']);
    expect(await faces.seen(id)).toEqual({
      cspm: { workflow: 'SUPPRESSED', outcome: 'excepted' },
      v2: { workflow: 'SUPPRESSED', outcome: 'excepted' },
    });
    return id;
  }

  test.each([
    { where: 'V2', lift: (id: string) => faces.setInV2(id, 1) },
    { where: 'CSPM', lift: (id: string) => faces.setInCspm(id, 'NEW') },
  ])(
    'suppresses both faces, and ends for both when somebody takes it out of SUPPRESSED in $where',
    async ({ lift }) => {
      const id = await accept();
      await lift(id);
      const ended = { workflow: 'NEW', outcome: 'exception-ended' };
      expect(await faces.seen(id)).toEqual({ cspm: ended, v2: ended });
    },
  );
});

test('an exception that ends soon is in the insight of those, from its reminder to its end', async () => {
  const group = await portcullis.openGroup(PLACE, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  const until = new Date(portcullis.clock.now() + 20 * DAY_MILLIS).toISOString().slice(0, 10);
  await runAsOperator(portcullis, ['exceptions', 'add', '--finding', id, '--until', until, '--reason', 'a vendor']);
  const ending = () => insight('exceptions that end soon');
  expect(await ending()).toEqual([]);
  await portcullis.ask('clock/advance', { millis: 14 * DAY_MILLIS });
  await portcullis.settle();
  expect(await ending()).toEqual([{ GroupByAttributeValue: expect.stringContaining(group.id) as string, Count: 1 }]);
  await portcullis.ask('clock/advance', { millis: 7 * DAY_MILLIS });
  await portcullis.settle();
  expect(await ending()).toEqual([]);
});

test.each([
  { where: 'V2', suppress: (id: string) => faces.setInV2(id, 3) },
  { where: 'CSPM', suppress: (id: string) => faces.setInCspm(id, 'SUPPRESSED') },
])('what somebody has suppressed in $where alone is left open, also on a click', async ({ suppress }) => {
  const group = await portcullis.openGroup(PLACE, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.settle();
  await suppress(id);
  const { stdout } = await runAsOperator(portcullis, ['policy', 'explain', id]);
  expect(stdout).toContain('ignore: Nothing to do: the finding is suppressed');
  await portcullis.press(id);
  await portcullis.settle();
  expect(await portcullis.ingressOf(group)).toHaveLength(1);
});

test('EC2.18 is closed by the parameters that its face in CSPM has', async () => {
  const group = await portcullis.openGroup(PLACE, [tcp(8080, 8080, ANYWHERE), tcp(9090, 9090, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.18', {
    Compliance: {
      Status: 'FAILED',
      SecurityControlId: 'EC2.18',
      SecurityControlParameters: [{ Name: 'authorizedTcpPorts', Value: ['8080'] }],
    },
  });
  await portcullis.press(id);
  expect((await faces.seen(id)).v2).toMatchObject({ workflow: 'RESOLVED' });
  expect((await portcullis.ingressOf(group)).map(({ FromPort }) => FromPort)).toEqual([8080]);
});
