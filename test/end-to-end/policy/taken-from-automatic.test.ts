import { sha256 } from '../../../src/aws/sha-256';
import type { ControlId } from '../../../src/core/controls/control-id';
import { toPolicyMark } from '../../../src/core/policy/policy-mark';
import { createServices } from '../../../sandbox/create-services';
import { callMade, type CallMade } from '../../../sandbox/runtime/operation';
import type { World } from '../../../sandbox/runtime/world';
import { SandboxWorld } from '../../../sandbox/runtime/create-world';
import { runAsOperator } from '../../cli/operator-cli';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed } from '../deployed-portcullis';

const VIRGINIA = { account: MEMBER, region: 'us-east-1' };

let portcullis: Deployed;
let world: SandboxWorld;
/** Called with every attempt to start a runbook, from 1 on. */
let onStart: (attempt: number) => void;
let starts: number[];

beforeEach(async () => {
  starts = [];
  onStart = () => undefined;
  const services = createServices().map((service) =>
    service.signingName === 'ssm' ? { ...service, start: listen(service.start) } : service,
  );
  portcullis = await deploy({
    clockMode: 'skipping',
    configurationFile: 'test/end-to-end/policy/brake.yaml',
    services,
  });
});
afterEach(() => portcullis.stop());

function listen(start: ((world: World) => void) | undefined) {
  return (started: World): void => {
    start?.(started);
    if (!(started instanceof SandboxWorld)) throw new Error('The sandbox starts its services with its own world.');
    world = started;
    world.on(callMade, (payload) => {
      // Published under this name by the runtime only, with this type.
      if ((payload as CallMade).operation !== 'StartAutomationExecution') return;
      starts.push(world.clock.now());
      onStart(starts.length);
    });
  };
}

/** Of a later deployment the part that executions of earlier ones look at. */
async function deployLater(automatic: readonly ControlId[]): Promise<void> {
  const provision = world.service('ssm').provisioners?.['AWS::SSM::Parameter'];
  const Value = toPolicyMark(automatic, {}, sha256);
  const { account, region } = portcullis.hub;
  const place = {
    world,
    account,
    region,
    logicalId: 'Policy',
    stackName: 'Portcullis-Hub',
    assetPath: () => undefined,
  };
  await provision?.({ Name: '/portcullis/Portcullis/policy', Type: 'String', Value }, place);
}

async function findOne(): Promise<{ readonly id: string; readonly isOpen: () => Promise<boolean> }> {
  const group = await portcullis.openGroup(VIRGINIA, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.settle();
  return { id, isOpen: async () => (await portcullis.ingressOf(group)).length > 0 };
}

test('a control that is taken from `automatic` is not closed by what began before and waits for SSM', async () => {
  world.faults.add({ kind: 'throttle', service: 'ssm', operation: 'StartAutomationExecution', times: 6 });
  onStart = (attempt) => {
    if (attempt === 2) void deployLater(['EC2.19']);
  };
  const { id, isOpen } = await findOne();
  const { Workflow, Note } = await portcullis.findingOf(id);
  expect(Workflow?.Status).toBe('NOTIFIED');
  expect(Note?.Text).toContain('EC2.13 was taken from what is automatic after this began.');
  expect(await isOpen()).toBe(true);
  expect(starts).toHaveLength(4);

  // Whoever wants it closed all the same chooses so.
  world.faults.clear();
  await portcullis.press(id);
  await portcullis.settle();
  expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('RESOLVED');
  expect(await isOpen()).toBe(false);
});

test('a deployment that leaves it automatic lets it go on', async () => {
  world.faults.add({ kind: 'throttle', service: 'ssm', operation: 'StartAutomationExecution', times: 6 });
  onStart = (attempt) => {
    if (attempt === 2) void deployLater(['EC2.13', 'EC2.19']);
  };
  const { id, isOpen } = await findOne();
  expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('RESOLVED');
  expect(await isOpen()).toBe(false);
});

test('the brake, engaged at a terminal, stops within a minute what began before and waits for SSM', async () => {
  world.faults.add({ kind: 'throttle', service: 'ssm', operation: 'StartAutomationExecution' });
  let engagedMillis: number | undefined;
  onStart = (attempt) => {
    if (attempt !== 1) return;
    void world.clock.busy(
      runAsOperator(portcullis, ['brake', 'engage', '--reason', 'a mistake in the policy']).then(({ exitCode }) => {
        if (exitCode === 0) engagedMillis = world.clock.now();
      }),
    );
  };
  const { id, isOpen } = await findOne();
  const { Workflow, Note } = await portcullis.findingOf(id);
  expect(Workflow?.Status).toBe('NOTIFIED');
  expect(Note?.Text).toContain('"a mistake in the policy"');
  expect(await isOpen()).toBe(true);
  expect(engagedMillis).toBeDefined();
  expect((starts.at(-1) ?? Infinity) - (engagedMillis ?? 0)).toBeLessThan(60_000);
});
