import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CommanderError, type Command } from 'commander';
import { exitCodeOf, InputError } from '../../src/cli/cli-error';
import { createProgram } from '../../src/cli/program';

// Whatever somebody gets wrong ends in one line that says what, with the exit code of the contract: 2 for bad input, 3
// where the answer is not known. Every command that there is takes part, in this process: hundreds of its own would take
// minutes. How a process ends is in command-line.test.ts.

const FINDING = 'arn:aws:securityhub:eu-central-1:111111111111:security-control/EC2.13/finding/1';
const TARGET = '222222222222/eu-central-1/sg-0123456789abcdef0';
const QUESTION = 'qst-0123456789abcdef';

/** Every command that works with a deployment, with what it cannot do without. */
const LIVE: Readonly<Record<string, readonly string[]>> = {
  scan: [],
  remediate: [FINDING],
  undo: ['rem-0123456789abcdef'],
  'exceptions add': ['--finding', FINDING, '--until', '2099-01-31', '--reason', 'why'],
  'exceptions list': [],
  'exceptions end': ['exc-0123456789abcdef'],
  open: ['--target', TARGET, '--port', '22', '--source', '198.51.100.7/32', '--for', '2h', '--reason', 'why'],
  'grants list': [],
  'grants end': ['grt-0123456789abcdef'],
  questions: [],
  approve: [QUESTION],
  deny: [QUESTION],
  accept: [QUESTION, '--until', '2099-01-31', '--comment', 'why'],
  context: [FINDING],
  doctor: [],
  drill: ['--account', '222222222222', '--region', 'us-east-1', '--yes'],
  follow: ['cli-0123456789abcdef', '--target', TARGET],
  withdraw: ['cli-0123456789abcdef', '--target', TARGET],
  show: ['rem-0123456789abcdef'],
  'brake status': [],
  'brake engage': ['--reason', 'why'],
  'brake release': [],
  'policy explain': [FINDING],
  'notify test': ['webhook'],
  report: ['--out', '/nonexistent/out'],
};

/** Every other one. */
const OFFLINE: typeof LIVE = {
  plan: ['--rules', '-', '--control', 'EC2.13'],
  start: [],
  sandbox: [],
  'sandbox press': ['Close ingress', FINDING],
  verify: ['-'],
  'policy simulate': ['--findings', '-'],
  completion: ['bash'],
};

const argsOf = (path: string): readonly string[] => LIVE[path] ?? OFFLINE[path] ?? [];

const ALL = ((): readonly (readonly [string, Command])[] => {
  const below = (command: Command, path: readonly string[]): readonly (readonly [string, Command])[] => [
    ...(path.length > 0 && (command.commands.length === 0 || command.name() === 'sandbox')
      ? [[path.join(' '), command] as const]
      : []),
    ...command.commands.flatMap((each) => below(each, [...path, each.name()])),
  ];
  return below(createProgram(), []);
})();

test('every command there is takes part', () => {
  expect(ALL.map(([path]) => path).sort()).toEqual(Object.keys({ ...LIVE, ...OFFLINE }).sort());
});

interface Ended {
  readonly exitCode: number;
  /** What stands behind `error: `, or what the parser said. */
  readonly message: string;
  readonly details: readonly string[];
  /** What a script could take for a result. */
  readonly stdout: string;
}

/** As main.ts does it, but for the process that ends. */
async function run(args: readonly string[]): Promise<Ended> {
  let said = '';
  let stdout = '';
  const written = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
  const aside = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  try {
    await createProgram().parseAsync([...args], { from: 'user' });
    return { exitCode: 0, message: said, details: [], stdout };
  } catch (error) {
    if (error instanceof CommanderError) {
      return { exitCode: error.exitCode === 0 ? 0 : 2, message: said.trimEnd(), details: [], stdout };
    }
    const details = error instanceof InputError ? error.details : [];
    return {
      exitCode: exitCodeOf(error),
      message: error instanceof Error ? error.message : String(error),
      details,
      stdout,
    };
  } finally {
    written.mockRestore();
    aside.mockRestore();
  }
}

describe('what the parser refuses', () => {
  test.each(ALL)('%s --nonsense', async (path) => {
    const { exitCode, message, stdout } = await run([...path.split(' '), ...argsOf(path), '--nonsense']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(message).toMatch(/^error: .*--nonsense.* \(see portcullis [a-z ]+ --help\)$/);
  });

  const OPTIONS = ALL.flatMap(([path, { options }]) =>
    options.filter(({ required }) => required).map(({ long }) => [path, String(long)] as const),
  );

  test.each(OPTIONS)('%s %s without its value', async (path, option) => {
    const { exitCode, message, stdout } = await run([...path.split(' '), ...argsOf(path), option]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(message).toMatch(new RegExp(`^error: .*${option} <.*argument missing`));
  });
});

const NOTHING_DEPLOYED = 'a Region in which nothing is deployed';

describe('what AWS refuses', () => {
  /** What the service answers to the next requests. */
  let answer: (request: IncomingMessage) => { readonly status: number; readonly type: string };
  let server: Server;
  const before = { ...process.env };
  beforeAll(async () => {
    server = createServer((request, response) => {
      const { status, type } = answer(request);
      request.resume();
      const isQuery = /x-www-form-urlencoded/.test(request.headers['content-type'] ?? '');
      const body = isQuery
        ? `<ErrorResponse><Error><Type>Sender</Type><Code>${type}</Code><Message>said so</Message></Error></ErrorResponse>`
        : JSON.stringify({ __type: type, message: 'said so' });
      response.writeHead(status, {
        'content-type': isQuery ? 'text/xml' : 'application/json',
        'x-amzn-errortype': type,
      });
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => {
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
      AWS_ACCESS_KEY_ID: '111111111111',
      AWS_SECRET_ACCESS_KEY: 'any',
      AWS_REGION: 'eu-central-1',
      AWS_DEFAULT_REGION: '',
      AWS_PROFILE: '',
      AWS_CONFIG_FILE: '/nonexistent',
      AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_MAX_ATTEMPTS: '1',
    });
    answer = () => ({ status: 400, type: 'AccessDeniedException' });
  });
  afterAll(() => {
    process.env = before;
    server.close();
  });

  const MISTAKES: readonly (readonly [string, () => void, number, RegExp])[] = [
    [
      'an expired token',
      () => (answer = () => ({ status: 400, type: 'ExpiredTokenException' })),
      3,
      /ExpiredToken|expired/i,
    ],
    [
      NOTHING_DEPLOYED,
      () => (answer = () => ({ status: 400, type: 'ResourceNotFoundException' })),
      3,
      /eu-central-1|us-east-1/,
    ],
    ['no permission', () => undefined, 3, /AccessDenied/],
    [
      'no credentials',
      () => Object.assign(process.env, { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }),
      3,
      /credentials/i,
    ],
    ['no Region', () => Object.assign(process.env, { AWS_REGION: '' }), 2, /Region/],
    [
      'a Region that is none',
      () => Object.assign(process.env, { AWS_REGION: 'Frankfurt' }),
      2,
      /"Frankfurt" is no Region/,
    ],
  ];

  const CASES = MISTAKES.flatMap(([what, bringAbout, exitCode, message]) =>
    Object.entries(LIVE)
      // Doctor looks at each thing that is not there: doctor.test.ts.
      .filter(([path]) => path !== 'doctor' || what !== NOTHING_DEPLOYED)
      .map(([path, args]) => [path, what, args, bringAbout, exitCode, message] as const),
  );

  test.each(CASES)('%s with %s', async (path, _what, args, bringAbout, exitCode, message) => {
    bringAbout();
    const ended = await run([...path.split(' '), ...args]);
    expect(ended).toMatchObject({ exitCode, message: expect.stringMatching(message) as string });
    expect(ended.message.split('\n')).toHaveLength(1);
    // Doctor says check by check what it could not look at.
    if (path !== 'doctor') expect(ended.stdout).toBe('');
  });

  const not = (path: string, option: string, value: string) => {
    const args = argsOf(path);
    const at = args.indexOf(option);
    return [path, at < 0 ? [...args, option, value] : args.with(at + 1, value)] as const;
  };

  // Dates, durations and sources are judged by the deployment, by its own clock and limits: test/flow/commands.
  test.each<readonly [string, readonly string[], RegExp]>([
    [...not('open', '--target', 'sg-1'), /--target: "sg-1".*ACCOUNT\/REGION\/ID/],
    [...not('open', '--port', 'ssh'), /--port: "ssh"/],
    ['undo', ['12'], /"12" is not a remediation id/],
    ['show', ['12'], /"12" is not a remediation id/],
    ['exceptions end', ['12'], /"12" is/],
    ['grants end', ['12'], /"12" is/],
    [...not('context', '--target', 'sg-1'), /either a finding or --target/],
    [...not('follow', '--target', 'a/b/c/d'), /--target: "a\/b\/c\/d"/],
    [...not('scan', '--accounts', '12'), /--accounts: "12"/],
    [...not('scan', '--follow', '12'), /--follow: "12"/],
    [...not('doctor', '--regions', 'here'), /--regions: "here" is no Region/],
    [...not('drill', '--account', '12'), /--account: "12"/],
    [...not('drill', '--region', 'here'), /--region: "here" is no Region/],
    [...not('drill', '--control', 'S3.1'), /--control: "S3.1"/],
    ['notify test', ['fax'], /fax/],
    ['plan', ['--rules', '/nonexistent', '--control', 'EC2.13'], /\/nonexistent cannot be read: there is no such file/],
    ['plan', ['--rules', __filename, '--control', 'EC2.13'], /is not JSON|JSON/],
    ['plan', ['--rules', __filename, '--control', 'S3.1'], /S3\.1/],
    ['verify', ['/nonexistent'], /\/nonexistent cannot be read: there is no such file/],
    ['verify', [__filename], /JSON/],
    ['policy simulate', ['--findings', '/nonexistent'], /cannot be read: there is no such file/],
    ['policy simulate', ['--findings', __filename, '--policy', 'portcullis.example.yaml'], /JSON/],
    ['policy explain', [FINDING, '--findings', '/nonexistent', '--policy', 'portcullis.example.yaml'], /no such file/],
    ['report', ['--findings', '/nonexistent', '--out', '/tmp'], /cannot be read: there is no such file/],
    ['report', ['--findings', __filename, '--ledger', '/nonexistent', '--out', '/tmp'], /no such file|JSON/],
    ['sandbox', ['--port', 'all'], /--port.*all/],
    ['sandbox', ['--config', '/nonexistent'], /\/nonexistent cannot be read: there is no such file/],
    ['sandbox', ['--scenario', '/nonexistent'], /\/nonexistent cannot be read: there is no such file/],
    ['completion', ['tcsh'], /bash, zsh, fish/],
  ])('%s %j', async (path, args, message) => {
    const ended = await run([...path.split(' '), ...args]);
    expect(ended).toMatchObject({ exitCode: 2, stdout: '', message: expect.stringMatching(message) as string });
    expect(ended.message.split('\n')).toHaveLength(1);
  });
});
