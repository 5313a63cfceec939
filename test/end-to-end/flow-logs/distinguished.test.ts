import type { Context } from '../../../src/core/context/context';
import { runAsOperator } from '../../cli/operator-cli';
import { ANYWHERE, tcp, type Deployed, type Group } from '../deployed-portcullis';
import { deployWithFlowLogs, FRANKFURT, SSH } from './deploy-with-flow-logs';
import type { LoggedTraffic } from './logged-traffic';

let portcullis: Deployed;
let traffic: LoggedTraffic;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ portcullis, traffic, stop } = await deployWithFlowLogs('policy-on-use.yaml'));
});
afterAll(() => stop());

/** What a person at a terminal is shown. */
async function contextOf({ account, region, id }: Group): Promise<Context> {
  const aheadMillis = portcullis.clock.now() - Date.now();
  const args = ['context', '--target', `${account}/${region}/${id}`, '--json'];
  const { stdout, stderr } = await runAsOperator(portcullis, args, { aheadMillis });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Context;
}

const three = ['198.51.100.7', '203.0.113.4', '192.0.2.1'];

async function onPrivateInstance(): Promise<Group> {
  const group = await portcullis.openGroup(FRANKFURT, [tcp(22, 22, ANYWHERE)], await portcullis.openVpc(FRANKFURT));
  await portcullis.runInstance(group, 'database', true);
  return group;
}

interface Shown {
  readonly attached: number;
  readonly reachable: string;
  readonly used: string;
  readonly otherWayIn: string;
}

const cases: readonly {
  readonly where: string;
  readonly open: () => Promise<Group>;
  readonly shown: Shown;
  readonly outcome: 'closed' | 'asked';
  readonly because: RegExp;
}[] = [
  {
    where: 'on a group that nothing is attached to',
    open: () => portcullis.openGroup(FRANKFURT, [tcp(22, 22, ANYWHERE)]),
    shown: { attached: 0, reachable: 'no', used: 'unknown', otherWayIn: 'not-needed' },
    outcome: 'closed',
    because: /nothing is attached.*Decided by: policy entry "nobody needs it"/s,
  },
  {
    where: 'on a public instance that three sources use',
    open: () => traffic.openFor(48, ...three.map((from) => ({ ...SSH, from }))),
    shown: { attached: 1, reachable: 'yes', used: 'flows', otherWayIn: 'yes' },
    outcome: 'asked',
    because: /Policy entry "somebody may".*Used by 3 sources \(198\.51\.100\.7, 203\.0\.113\.4, 192\.0\.2\.1\)/s,
  },
  {
    where: 'on a private instance',
    open: onPrivateInstance,
    shown: { attached: 1, reachable: 'no', used: 'unknown', otherWayIn: 'yes' },
    outcome: 'closed',
    because: /has no public address.*Decided by: policy entry "nobody needs it"/s,
  },
  {
    where: 'on a public instance that nobody used, and into which there is no other way',
    open: () => traffic.openWithoutAgentFor(48),
    shown: { attached: 1, reachable: 'yes', used: 'none-seen', otherWayIn: 'no' },
    outcome: 'asked',
    because: /It would close the last way in that is known/,
  },
];

describe('the same open 22', () => {
  test.each(cases)(
    '$where is distinguished by portcullis context, and is $outcome with a note that says why',
    async (one) => {
      const group = await one.open();
      const { attached, reachable, used, otherWayIn } = await contextOf(group);
      expect({
        attached: attached.known ? attached.value.count : 'unknown',
        reachable: reachable.known ? reachable.value.answer : 'unknown',
        used: used.known ? used.value.answer : 'unknown',
        otherWayIn: otherWayIn.known ? otherWayIn.value.answer : 'unknown',
      }).toEqual(one.shown);

      const findingId = await portcullis.importFinding(group, 'EC2.13');
      await portcullis.settle();
      const { UserDefinedFields, Note } = await portcullis.findingOf(findingId);
      expect(UserDefinedFields?.['PortcullisOutcome']).toBe(one.outcome);
      expect((await portcullis.ingressOf(group)).length).toBe(one.outcome === 'closed' ? 0 : 1);
      expect(Note?.Text).toMatch(one.because);
    },
  );
});
