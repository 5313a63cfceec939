import { createServices, type ServicesOptions } from '../../../sandbox/create-services';
import type { DrillStep } from '../../../src/core/drill/drill-step';
import { deploy, type Deployed } from '../deployed-portcullis';
import { drillInProcess, DRILL_PLACE, leftOvers } from './drill-in-process';

interface Broken {
  readonly name: string;
  readonly services: ServicesOptions;
  /** The steps that are not as assumed. */
  readonly steps: readonly (readonly [step: string, status: DrillStep['status'], found: RegExp])[];
  /** Whether the deployment can close nothing here either. */
  readonly breaksTheChain?: string;
}

/** What no page of AWS says, broken one at a time. */
const CASES: readonly Broken[] = [
  {
    name: 'whole numbers reach EC2 as texts',
    services: { ssm: { integers: 'text' } },
    steps: [
      ['numbers', 'failed', /the run failed: Failed: .*FromPort/],
      ['lists of maps', 'failed', /the run failed: Failed: .*FromPort/],
      ['unknown rule, default', 'failed', /the run failed otherwise/],
      ['unknown rule', 'failed', /the run failed otherwise/],
      ['close', 'failed', /failed: .*FromPort/],
    ],
    breaksTheChain: 'close',
  },
  {
    name: 'lists of maps are one text each',
    services: { ssm: { mapLists: 'whole-list' } },
    steps: [['lists of maps', 'otherwise', /one text that is the whole list \(.*InvalidAutomationExecutionParameters/]],
  },
  {
    name: 'lists of maps are refused',
    services: { ssm: { mapLists: 'refused' } },
    steps: [
      ['lists of maps', 'failed', /refused either way: .*MapList/],
      ['undo', 'failed', /partly-undone|failed|could-not-tell/],
    ],
    breaksTheChain: 'undo',
  },
  {
    name: 'a repeated token is answered with the first execution',
    services: { ssm: { repeatedToken: 'same-execution' } },
    steps: [['repeated token', 'ok', /answered with the first execution/]],
  },
  ...(['duplicate', 'invalid-parameters', 'validation'] as const).map((repeatedToken): Broken => ({
    name: `a repeated token is answered with ${repeatedToken}`,
    services: { ssm: { repeatedToken } },
    steps: [['repeated token', 'otherwise', /refused with (Duplicate|Invalid|Validation)\w+/]],
  })),
  {
    name: 'a repeated token starts a second execution',
    services: { ssm: { repeatedToken: 'second-execution' } },
    steps: [['repeated token', 'failed', /started a second execution/]],
  },
  {
    name: 'EC2 refuses unknown rules in a default VPC too',
    services: { ec2: { unknownPermissions: 'refused' } },
    steps: [['unknown rule, default', 'otherwise', /InvalidPermission\.NotFound/]],
  },
  {
    name: 'EC2 ignores unknown rules in every VPC',
    services: { ec2: { unknownPermissions: 'ignored' } },
    steps: [['unknown rule', 'otherwise', /says that it worked/]],
  },
  {
    name: 'user-defined fields are merged',
    services: { securityHub: { userDefinedFields: 'merged' } },
    steps: [['user-defined fields', 'ok', /merges/]],
  },
];

let portcullis: Deployed;
afterEach(() => portcullis.stop());

test.each(CASES)('$name: the drill finds it and names it', async ({ services, steps: expected, breaksTheChain }) => {
  portcullis = await deploy({ clockMode: 'skipping', services: createServices(services) });
  await portcullis.openVpc(DRILL_PLACE);
  const drill = await drillInProcess(portcullis);
  await drill.play();
  for (const [name, status, found] of expected) {
    const step = drill.steps.find((each) => each.step === name);
    expect({ name, status: step?.status }).toEqual({ name, status });
    expect(step?.found).toMatch(found);
    expect(step?.fix !== '' || status === 'ok' || name === breaksTheChain).toBe(true);
  }
  const named = expected.map(([name]) => name);
  expect(drill.steps.filter(({ step, status }) => status !== 'ok' && !named.includes(step))).toEqual([]);
  expect(drill.steps.at(-1)?.step).toBe(breaksTheChain ?? 'certificates');
  await drill.clean('own');
  expect(await leftOvers(portcullis)).toEqual([]);
});
