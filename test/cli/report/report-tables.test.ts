import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asff, exception, remediation } from '../../core/reporting/report-fixtures';
import { runCli } from '../run-cli';

const cwd = mkdtempSync(join(tmpdir(), 'portcullis-tables-'));
afterAll(() => {
  rmSync(cwd, { recursive: true, force: true });
});

const FINDINGS = [
  asff({ Workflow: { Status: 'SUPPRESSED' } }),
  asff({ id: 'f2', group: 'sg-2', account: '333333333333', FirstObservedAt: '2026-01-01T00:00:00Z' }),
];

async function report(ledger: unknown, ...more: readonly string[]) {
  rmSync(join(cwd, 'out'), { recursive: true, force: true });
  writeFileSync(join(cwd, 'findings.json'), JSON.stringify({ Findings: FINDINGS }));
  writeFileSync(join(cwd, 'ledger.json'), JSON.stringify(ledger));
  const args = ['report', '--findings', 'findings.json', '--ledger', 'ledger.json', '--out', 'out', '--json', ...more];
  return runCli(args, { cwd });
}

function lines(name: string): readonly string[] {
  return readFileSync(join(cwd, 'out', name), 'utf8')
    .trimEnd()
    .split('\r\n');
}

/** As `aws dynamodb scan` prints it. */
function item(fields: ReturnType<typeof exception>): unknown {
  const { target, covers, findings: _, ...texts } = fields;
  const text = (of: object) =>
    Object.fromEntries(Object.entries(of).map(([name, value]) => [name, { S: String(value) }]));
  const [opening] = covers;
  return {
    pk: { S: 'EXCEPTION' },
    sk: { S: '222222222222/eu-central-1/security-group/sg-0123456789abcdef0#exc-0123456789abcdef' },
    ...text(texts),
    target: { M: text(target) },
    covers: {
      L: [
        {
          M: {
            source: { S: opening?.source },
            tcp: { L: [{ M: { from: { N: '22' }, to: { N: '22' } } }] },
            udp: { L: [] },
          },
        },
      ],
    },
    findings: { L: [] },
  };
}

const LISTED = (({ findings: _, ...listed }) => ({ ...listed, source: '0.0.0.0/0', ports: [22], state: 'live' }))(
  exception(),
);

test.each([
  ['a scan of the ledger', { Items: [item(exception())] }],
  ['a list of remediations and exceptions', [remediation({ outcome: 'excepted' }), exception()]],
  ['what exceptions list --json prints', [LISTED]],
  ['one exception alone', LISTED],
])('exceptions.csv says what may stay open, why and until when, from %s', async (_what, ledger) => {
  const { exitCode, stderr, stdout } = await report(ledger);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ excepted: 1, overdue: 1, notUnderstood: 0 });
  expect(lines('exceptions.csv')[1]).toMatch(
    /^exc-0123456789abcdef,live,EC2\.13,222222222222,.*,tcp 22 from 0\.0\.0\.0\/0,no VPN yet,ana,/,
  );
});

test('an item that is no exception is counted', async () => {
  const { stdout } = await report([remediation(), { exceptionId: 'exc-1' }]);
  expect(JSON.parse(stdout)).toMatchObject({ notUnderstood: 1 });
});

test('--by account writes the tables of each account, and the manifest has them', async () => {
  const { exitCode } = await report([remediation(), exception()], '--format', 'csv', '--by', 'account');
  expect(exitCode).toBe(0);
  expect(readdirSync(join(cwd, 'out', 'accounts')).sort()).toEqual(['222222222222', '333333333333']);
  expect(lines('accounts/222222222222/findings.csv')).toHaveLength(2);
  expect(lines('accounts/222222222222/findings.csv')[1]).toContain('sg-0123456789abcdef0');
  expect(lines('accounts/333333333333/controls.csv')[1]).toMatch(/^EC2\.13,[^,]*,1,1,1,/);
  expect(readdirSync(join(cwd, 'out', 'accounts', '333333333333'))).not.toContain('exceptions.csv');
  const { files } = JSON.parse(readFileSync(join(cwd, 'out', 'manifest.json'), 'utf8')) as {
    readonly files: readonly { readonly name: string }[];
  };
  expect(files.map(({ name }) => name)).toContain('accounts/222222222222/exceptions.csv');
});

test('--due sets after how many days what is open is overdue', async () => {
  const { stdout } = await report([remediation()], '--format', 'csv', '--due', 'low=1, medium=2');
  expect(JSON.parse(stdout)).toMatchObject({ overdue: 0 });
});

test('--policy says what it would do about what is open', async () => {
  writeFileSync(
    join(cwd, 'portcullis.yaml'),
    readFileSync(join(__dirname, '..', '..', '..', 'portcullis.sandbox.yaml')),
  );
  const { stdout, stderr } = await report([remediation()], '--format', 'csv', '--policy', 'portcullis.yaml');
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ policy: { auto: 0, ask: 0, notify: 0, ignore: 1 } });
});

test.each([
  [['--due', 'HIGH'], '"HIGH" is no severity with its days; write such as CRITICAL=15,HIGH=30,MEDIUM=90,LOW=180.'],
  [['--due', 'HIGHEST=3'], '"HIGHEST=3" is no severity with its days'],
  [['--by', 'region'], 'Allowed choices are account'],
  [['--policy', 'none.yaml'], 'none.yaml'],
])('%j is refused with what to write', async (more, words) => {
  const { exitCode, stderr } = await report([remediation()], ...more);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(words) as string });
});
