import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderReportHtml } from '../../../src/core/reporting/html/render-report-html';
import { toReport } from '../../../src/core/reporting/to-report';
import { readPageAssets } from '../../../src/report-files/page-assets';
import { asff, exception, GENERATED_AT, remediation } from '../../core/reporting/report-fixtures';
import { BrowserPage } from './browser-page';

/** As scripts/test-peers.cjs tells; without it nothing here can run, and nothing may pass. */
function givenPath(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: start these tests with "npm run test:peers"`);
  return value;
}

const directory = mkdtempSync(join(tmpdir(), 'portcullis-page-'));
/** Where somebody wants to look at the screenshots. */
const pictures = process.env['PORTCULLIS_SCREENSHOTS'] ?? directory;
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const HOSTILE = '</script><img src=x onerror=alert(1)>';
const CHECKS = 100_000;
const CONTROLS = ['EC2.13', 'EC2.14', 'EC2.18', 'EC2.19', 'EC2.53'];

function findings(count: number): readonly unknown[] {
  return Array.from({ length: count }, (_, i) => {
    const control = CONTROLS[i % CONTROLS.length] ?? 'EC2.13';
    return asff({
      id: `finding-${String(i)}`,
      control,
      group: i === 0 ? 'sg-0123456789abcdef0' : `sg-${i.toString(16).padStart(17, '0')}`,
      account: String(222222222222 + (i % 40)),
      FirstObservedAt: new Date(Date.UTC(2026, 5, 1) + (i % 150) * 86_400_000).toISOString(),
      Severity: { Label: ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'][i % 4] },
      Workflow: { Status: i % 7 === 3 ? 'SUPPRESSED' : i === 0 ? 'RESOLVED' : 'NEW' },
      Compliance: {
        Status: i % 5 === 4 ? 'PASSED' : 'FAILED',
        SecurityControlId: control,
        RelatedRequirements: ['NIST.800-53.r5 AC-4', `PCI DSS v4.0.1/1.3.${String(i % 3)}`],
        AssociatedStandards: [{ StandardsId: 'standards/nist-800-53/v/5.0.0' }],
      },
      ...(i === 1 ? { Note: { Text: HOSTILE, UpdatedBy: 'ana', UpdatedAt: GENERATED_AT } } : {}),
    });
  });
}

function page(count: number): string {
  const report = toReport({
    generatedAt: GENERATED_AT,
    source: 'findings.json',
    findings: findings(count),
    records: [remediation()],
    exceptions: [exception(), exception({ exceptionId: 'exc-0000000000000002', until: '2026-11-22T00:00:00.000Z' })],
    decide: () => 'ask',
  });
  const file = join(directory, `${String(count)}.html`);
  writeFileSync(file, [...renderReportHtml(report, readPageAssets())].join(''));
  return file;
}

const FORM = `document.getElementById('filters')`;
const SHOWN = `document.getElementById('shown').textContent`;
const ROWS = `document.getElementById('checks-table').tBodies[0].rows`;

function type(text: string): string {
  return `(${FORM}.elements.text.value = ${JSON.stringify(text)}, ${FORM}.dispatchEvent(new Event('input')), ${SHOWN})`;
}

function choose(name: string, value: string): string {
  return `(${FORM}.elements.${name}.value = ${JSON.stringify(value)}, ${FORM}.dispatchEvent(new Event('input')), ${SHOWN})`;
}

describe.each(['light', 'dark'] as const)('a report on a %s screen', (theme) => {
  let browser: BrowserPage;
  beforeAll(async () => {
    browser = await BrowserPage.open(givenPath('PEERS_CHROMIUM'), page(300), theme);
  });
  afterAll(async () => {
    await browser.close();
  });

  test('has no violation of WCAG 2.2 A and AA, with every fold open', async () => {
    await browser.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true; })`);
    await browser.evaluate(`${readFileSync(givenPath('PEERS_AXE'), 'utf8')}; undefined`);
    const violations = await browser.evaluate<readonly unknown[]>(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) =>
        violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ html }) => html) })))`,
    );
    expect(violations).toEqual([]);
    await browser.screenshot(join(pictures, `report-${theme}.png`));
  });

  test('throws nothing, says nothing on its console and asks the network for nothing', () => {
    const asked = browser.events
      .filter(({ method }) => method === 'Network.requestWillBeSent')
      .map(({ params }) => (params as { readonly request: { readonly url: string } }).request.url);
    expect(asked.filter((url) => !url.startsWith('file://'))).toEqual([]);
    expect(asked).toHaveLength(1);
    const loud = ['Runtime.exceptionThrown', 'Runtime.consoleAPICalled', 'Log.entryAdded'];
    expect(browser.events.filter(({ method }) => loud.includes(String(method)))).toEqual([]);
  });
});

describe('a report of 100,000 checks', () => {
  let browser: BrowserPage;
  beforeAll(async () => {
    browser = await BrowserPage.open(givenPath('PEERS_CHROMIUM'), page(CHECKS), 'light');
  });
  afterAll(async () => {
    await browser.close();
  });
  beforeEach(async () => {
    await browser.evaluate(`(${FORM}.reset(), ${FORM}.dispatchEvent(new Event('input')))`);
  });

  test('finds one check by the id of its resource', async () => {
    expect(await browser.evaluate(type('SG-0000000000001869f'))).toBe('1 of 100,000');
    expect(await browser.evaluate(`${ROWS}[0].querySelector('.id').textContent`)).toBe('sg-0000000000001869f');
  });

  // How long it takes is printed, not asserted: what keeps it short is that no more rows are drawn than a person reads.
  test('answers each further letter of a search by drawing a few rows anew', async () => {
    await browser.evaluate(type('warm'));
    const [millis, shown] = await browser.evaluate<readonly [number, string]>(
      `(() => { const began = performance.now(); const shown = ${type('222222222230')}; return [performance.now() - began, shown]; })()`,
    );
    expect(Number(shown.split(' ')[0]?.replaceAll(',', ''))).toBeGreaterThan(0);
    expect(await browser.evaluate<number>(`${ROWS}.length`)).toBeLessThanOrEqual(500);
    process.stdout.write(`browser: a letter of a search over 100,000 checks: ${String(Math.round(millis))} ms\n`);
  });

  test('filters by what it is asked for together', async () => {
    await browser.evaluate(choose('control', 'EC2.13'));
    expect(await browser.evaluate(choose('severity', 'CRITICAL'))).toBe('5,000 of 100,000');
    expect(await browser.evaluate(choose('account', '222222222222'))).toBe('2,500 of 100,000');
  });

  test('shows what is overdue first, and alone where it is asked for', async () => {
    expect(await browser.evaluate(`${ROWS}[0].textContent`)).toContain('overdue since');
    const all = await browser.evaluate<string>(choose('due', 'overdue'));
    expect(Number(all.split(' ')[0]?.replaceAll(',', ''))).toBeGreaterThan(1_000);
    expect(await browser.evaluate(`[...${ROWS}].every((row) => row.textContent.includes('overdue since'))`)).toBe(true);
  });

  test('sorts by a column and back, and tells assistive technology', async () => {
    const click = `document.querySelectorAll('#checks-table th button')[3].click()`;
    const first = `[${ROWS}[0].cells[3].textContent.trim(), document.querySelectorAll('#checks-table th')[3].ariaSort]`;
    expect(await browser.evaluate(`(${click}, ${first})`)).toEqual(['critical', 'ascending']);
    expect(await browser.evaluate(`(${click}, ${first})`)).toEqual(['low', 'descending']);
  });

  test('sorts by the id of the resource, of which there is one a check', async () => {
    const click = `document.querySelectorAll('#checks-table th button')[2].click()`;
    const first = `${ROWS}[0].querySelector('.id').textContent`;
    expect(await browser.evaluate(`(${click}, ${first})`)).toBe('sg-00000000000000001');
    expect(await browser.evaluate(`(${click}, ${first})`)).toBe('sg-0123456789abcdef0');
  });

  test('shows what strangers wrote as text', async () => {
    await browser.evaluate(type('onerror'));
    expect(await browser.evaluate(`${ROWS}[0].querySelector('.story p').textContent`)).toBe(HOSTILE);
    expect(await browser.evaluate(`document.images.length`)).toBe(0);
  });
});
