import { createServices } from '../../../sandbox/create-services';
import { runAsOperator } from '../../cli/operator-cli';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';
import { remediationsOf, requestsOf, untilAskedFor } from './ledger-of-target';
import { letTimePass } from './let-time-pass';
import { verifyChain } from './verify-chain';

const virginia = { account: MEMBER, region: 'us-east-1' };
const MINUTE = 60_000;

/** A call each to close: EC2.19 forbids them all. */
const PORTS = [20, 21, 22, 23, 25, 110, 135, 143, 3389];

let portcullis: Deployed;
beforeAll(async () => {
  const services = createServices({ apiGateway: { judgesSignatureTimes: true } });
  portcullis = await deploy({ clockMode: 'manual', services });
});
afterAll(() => portcullis.stop());

const openPorts = async (group: Group) =>
  (await portcullis.ingressOf(group)).map(({ FromPort = -1 }) => FromPort).sort((a, b) => a - b);

/** A closing of which some calls are done and some are not. */
async function closingUnderWay(): Promise<{ readonly group: Group; readonly id: string; readonly closing: string }> {
  const rules = PORTS.map((port) => tcp(port, port, ANYWHERE));
  const group = await portcullis.openGroup(virginia, rules);
  const id = await portcullis.importFinding(group, 'EC2.19');
  await portcullis.choose('Close ingress', id);
  for (let seconds = 0; seconds < 120 && (await openPorts(group)).length === PORTS.length; seconds++) {
    await portcullis.clock.advance(1_000);
  }
  const left = (await openPorts(group)).length;
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(PORTS.length);
  const [closing = ''] = await remediationsOf(portcullis, group);
  return { group, id, closing };
}

interface Run {
  readonly document: string;
  readonly startMillis: number;
  readonly endMillis: number;
}

/** When the runbooks on a group ran, in the order of their starts. */
async function runbooksOn(group: Group): Promise<readonly Run[]> {
  const all = await portcullis.ask<readonly Readonly<Record<string, unknown>>[]>('ssm/executions');
  return all
    .filter((each) => JSON.stringify(each['Parameters']).includes(group.id))
    .map(({ DocumentName, ExecutionStartTime, ExecutionEndTime }) => ({
      document: String(DocumentName),
      startMillis: Date.parse(String(ExecutionStartTime)),
      endMillis: Date.parse(String(ExecutionEndTime)),
    }))
    .sort((one, other) => one.startMillis - other.startMillis);
}

test.each([
  ['65 minutes ahead', 65 * MINUTE],
  ['65 minutes behind', -65 * MINUTE],
  ['with the right time', 0],
])(
  'a terminal whose clock is %s undoes a closing that runs: nothing overlaps, it is done once, and what it prints is true',
  async (_clock, offMillis) => {
    const { group, id, closing } = await closingUnderWay();
    const startMillis = portcullis.clock.now();
    // The sandbox's time stands still between the advances, and the machine's goes on.
    const aheadMillis = startMillis - Date.now() + offMillis;
    const command = runAsOperator(portcullis, ['undo', closing], { aheadMillis });
    await Promise.race([command, untilAskedFor(portcullis, group)]);
    const { exitCode, stdout, stderr } = await letTimePass(portcullis, command);

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^${group.id} .*: undone\\. Undone, and read back\\.`));
    expect(await openPorts(group)).toEqual(PORTS);

    // Nothing that was started before it was printed changes it a while later.
    await portcullis.clock.advance(70 * MINUTE);
    expect(await openPorts(group)).toEqual(PORTS);
    const undos = (await requestsOf(portcullis, group)).filter(({ action }) => action === 'undo');
    expect(undos).toEqual([{ id: expect.stringMatching(/^cli-/) as string, action: 'undo', isAnswered: true }]);
    expect(await remediationsOf(portcullis, group)).toHaveLength(2);
    const runs = await runbooksOn(group);
    const closes = runs.filter(({ document }) => document.includes('Close'));
    const undoes = runs.filter(({ document }) => document.includes('Authorize'));
    expect(closes.length).toBeGreaterThan(0);
    expect(undoes.length).toBeGreaterThan(0);
    const lastClosed = Math.max(...closes.map(({ endMillis }) => endMillis));
    expect(lastClosed).toBeLessThanOrEqual(Math.min(...undoes.map(({ startMillis }) => startMillis)));

    const { Workflow, UserDefinedFields } = await portcullis.findingOf(id);
    expect([Workflow?.Status, UserDefinedFields?.['PortcullisOutcome']]).toEqual(['NEW', 'undone']);
    const undo = UserDefinedFields?.['PortcullisRemediationId'] ?? '';
    expect(await verifyChain(portcullis, undo)).toEqual({ exitCode: 0, stderr: '' });
  },
);
