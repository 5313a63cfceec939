import { setTimeout } from 'node:timers/promises';
import { runCliAsProcess, type CliResult } from '../run-cli';
import type { RunningCli } from '../running-cli';
import { CONFIGURATION, createPlace, type Place } from './place';

// Every command as somebody plays it at a terminal: a process of its own, against a `portcullis sandbox` that is one too.
// For the Node that people have (jest.this-node.config.js): other files play each command with everything that it says.

const ASKING = CONFIGURATION.replace(
  'automatic: [EC2.14]',
  'decisions: [{ when: { controls: [EC2.14] }, do: ask }, { do: notify }]',
);

/** Security groups, each by what is done about it. */
const GROUPS = {
  closed: ['EC2.13', 22],
  excepted: ['EC2.13', 22],
  approved: ['EC2.14', 3389],
  denied: ['EC2.14', 3389],
  accepted: ['EC2.14', 3389],
} as const;
type Name = keyof typeof GROUPS;

const scenarioOf = (name: string): string => {
  const [control, port] = GROUPS[name as Name];
  const rule = `{ protocol: tcp, from: ${String(port)}, to: ${String(port)}, source: 0.0.0.0/0 }`;
  return `  - { name: ${name}, account: '222222222222', region: us-east-1, controls: [${control}], rules: [${rule}] }\n`;
};

interface Ready {
  readonly endpoint: string;
  readonly scenarios: readonly {
    readonly name: Name;
    readonly findingIds: readonly string[];
    readonly target: Target;
  }[];
}
interface Target {
  readonly account: string;
  readonly region: string;
  readonly id: string;
}

let place: Place;
let sandbox: RunningCli;
let ready: Ready;
/** What every command printed, by its words. */
const ended = new Map<string, CliResult>();

async function play(command: string, ...args: readonly string[]): Promise<CliResult> {
  const env = {
    AWS_ENDPOINT_URL: ready.endpoint,
    AWS_ACCESS_KEY_ID: '111111111111',
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_REGION: 'eu-central-1',
  };
  const result = await runCliAsProcess([...command.split(' '), ...args], { env, cwd: place.directory });
  ended.set(command, result);
  return result;
}

/** The first such id that a command printed. */
function idIn({ stdout, stderr }: CliResult, prefix: 'rem' | 'exc' | 'grt'): string {
  const id = new RegExp(`${prefix}-[0-9a-f]{16}`).exec(stdout)?.[0];
  if (id === undefined) throw new Error(`no ${prefix}-… in ${stdout}${stderr}`);
  return id;
}

const finding = (name: Name): string => ready.scenarios.find((each) => each.name === name)?.findingIds[0] ?? '';
const targetOf = (name: Name): string => {
  const target = ready.scenarios.find((each) => each.name === name)?.target;
  return `${target?.account ?? ''}/${target?.region ?? ''}/${target?.id ?? ''}`;
};
const inAMonth = (): string => new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const UNKNOWN = 'cli-0123456789abcdef';

/** Each row one after the other, all rows beside each other. */
const ROWS: readonly (() => Promise<unknown>)[] = [
  async () => {
    await play('sandbox press', 'Preview closing', finding('closed'));
    const remediationId = idIn(await play('remediate', finding('closed'), '--json'), 'rem');
    await play('show', remediationId, '--certificate', 'certificate.json');
    await play('verify', 'certificate.json', '--json');
    await play('undo', remediationId, '--json');
    const grant = ['--target', targetOf('closed'), '--port', '22', '--source', '198.51.100.7/32', '--for', '2h'];
    await play('open', ...grant, '--reason', 'why', '--json');
    await play('grants end', idIn(await play('grants list', '--json'), 'grt'), '--json');
  },
  async () => {
    await play('exceptions add', '--finding', finding('excepted'), '--until', inAMonth(), '--reason', 'why', '--json');
    await play('exceptions end', idIn(await play('exceptions list', '--json'), 'exc'), '--json');
  },
  async () => {
    // Three findings are asked about, a few seconds after they come in.
    await play('context', finding('denied'), '--json');
    await play('policy explain', finding('denied'), '--json');
    while ((await play('questions', '--json')).stdout.split('\n').length <= 3) await setTimeout(1000);
    await play('approve', finding('approved'), '--json');
    await play('deny', finding('denied'), '--json');
    await play('accept', finding('accepted'), '--until', inAMonth(), '--comment', 'why', '--json');
  },
  () => play('drill', '--account', '333333333333', '--region', 'us-east-1', '--yes', '--json'),
  async () => {
    await play('scan', '--json');
    await play('brake engage', '--reason', 'why', '--json');
    await play('brake status', '--json');
    await play('brake release', '--json');
    await play('notify test', 'webhook');
    await play('follow', UNKNOWN, '--target', targetOf('closed'));
    await play('withdraw', UNKNOWN, '--target', targetOf('closed'));
    const rules = [{ SecurityGroupRuleId: 'sgr-0', IsEgress: false, IpProtocol: 'tcp', FromPort: 22, ToPort: 22 }];
    const file = { SecurityGroupRules: rules.map((rule) => ({ ...rule, GroupId: 'sg-0', CidrIpv4: '0.0.0.0/0' })) };
    place.write('rules.json', JSON.stringify(file));
    await play('plan', '--rules', 'rules.json', '--control', 'EC2.13', '--json');
    place.write('findings.json', '{ "Findings": [] }');
    await play('policy simulate', '--findings', 'findings.json', '--policy', 'asking.yaml', '--json');
    await play('completion', 'bash');
  },
];

beforeAll(async () => {
  place = createPlace();
  place.write('asking.yaml', ASKING);
  place.write('scenarios.yaml', `scenarios:\n${Object.keys(GROUPS).map(scenarioOf).join('')}`);
  sandbox = place.start(['sandbox', '--port', '0', '--config', 'asking.yaml', '--scenario', 'scenarios.yaml']);
  await sandbox.says('"ready":true');
  ready = JSON.parse(sandbox.stdout()) as Ready;
  await Promise.all(ROWS.map((row) => row()));
  // Every line of doctor is ok: else it ends with 1 or 3.
  await play('doctor', '--regions', 'eu-central-1,us-east-1');
  await play('report', '--out', 'out', '--json');
});
afterAll(() => {
  place.remove();
});

/** What ends how, and says what; 0 and stdout where nothing else stands. */
const ENDS: Readonly<Record<string, RegExp | readonly [number, RegExp]>> = {
  'sandbox press': /^"Preview closing" pressed for 1 finding\n$/,
  remediate: /"partition":"aws".*"outcome":"closed"/,
  show: /^Certificate \d+ of sg-.* written to certificate\.json, SHA-256 /,
  verify: /^\{"ok":true,"verdict":"holds"/,
  undo: /"outcome":"undone"/,
  open: /"outcome":"granted"/,
  'grants list': /"state":"live"/,
  'grants end': /"outcome":"access-ended"/,
  'exceptions add': /"outcome":"excepted"/,
  'exceptions list': /"state":"live"/,
  'exceptions end': /"outcome":"exception-ended"/,
  questions: /^(\{.*"questionId":"qst-.*\n){3}$/,
  approve: /"outcome":"closed"/,
  deny: /"state":\{/,
  accept: /"outcome":"excepted"/,
  drill: /^(\{"step":.*"status":"ok".*\n)+$/,
  context: /^\{"attached":\{"known":true,/,
  'policy explain': /"control":"EC2.14"/,
  scan: /"unreadable":\[\]\}\n$/,
  'brake engage': /"reason":"why"/,
  'brake status': /"reason":"why"/,
  'brake release': /"reason":"why"/,
  'notify test': [2, /channel webhook is not configured/],
  follow: [3, /knows no request cli-0123456789abcdef/],
  withdraw: [2, /holds no request cli-0123456789abcdef/],
  plan: /sgr-0/,
  'policy simulate': /"byMode":\{"auto":0,/,
  completion: /complete .*portcullis/,
  doctor: /who hears alarms: 1/,
  report: /"notUnderstood":0/,
};

test.each(Object.entries(ENDS))('portcullis %s', (command, expected) => {
  const [exitCode, says] = expected instanceof RegExp ? [0, expected] : expected;
  const result = ended.get(command);
  expect(result).toMatchObject(
    exitCode === 0 ? { exitCode, stderr: expect.not.stringContaining('error:') } : { exitCode, stdout: '' },
  );
  expect(exitCode === 0 ? result?.stdout : result?.stderr).toMatch(says);
});

test('interrupted, the sandbox ends with 0 and leaves nothing behind', async () => {
  expect(await sandbox.end('SIGINT')).toMatchObject({ exitCode: 0 });
  expect(place.leftBehind()).toEqual([]);
});
