import { renderReportHtml } from '../../../src/core/reporting/html/render-report-html';
import { readPageAssets } from '../../../src/report-files/page-assets';
import { toReport } from '../../../src/core/reporting/to-report';
import { STATUSES } from '../../../src/core/reporting/check-status';
import { asff, GENERATED_AT, remediation } from './report-fixtures';

const ASSETS = readPageAssets();
/** Without the blanks that are for whoever reads the file. */
const STYLES = ASSETS.styles.replace(/\s*([{}:;,])\s*/g, '$1').replace(/;}/g, '}');

const PAGE = [
  ...renderReportHtml(
    toReport({
      generatedAt: GENERATED_AT,
      source: 'findings.json',
      findings: [asff(), asff({ group: 'sg-2', Workflow: { Status: 'SUPPRESSED' } }), null],
      records: [remediation()],
    }),
    ASSETS,
  ),
].join('');

/** Custom properties of `:root`, of the page as it is, or on a dark screen. */
function variables(scheme: 'light' | 'dark'): ReadonlyMap<string, string> {
  const [light = '', dark = ''] = [...STYLES.matchAll(/:root\{([^}]*--ground:#\w+;--card[^}]*)\}/g)].map(
    ([, text]) => text ?? '',
  );
  const read = (text: string) =>
    [...text.matchAll(/(--[\w-]+):(#[0-9a-f]+)/g)].map(([, name = '', color = '']) => [name, color] as const);
  return new Map(scheme === 'light' ? read(light) : [...read(light), ...read(dark)]);
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(color: string): number {
  const digits = color.length === 4 ? color.replace(/[0-9a-f]/g, '$&$&') : color;
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const TEXT_ON_GROUND: readonly (readonly [string, string])[] = [
  ...['--ink', '--muted', '--faint', '--accent'].map((text) => [text, '--card'] as const),
  ...['--ink', '--muted', '--accent'].map((text) => [text, '--ground'] as const),
  ...['--ink', '--muted'].map((text) => [text, '--hover'] as const),
  ...STATUSES.flatMap((status) => [
    [`--text-${status}`, '--card'] as const,
    [`--text-${status}`, '--hover'] as const,
    [`--text-${status}`, `--tint-${status}`] as const,
  ]),
];

describe.each(['light', 'dark'] as const)('on a %s screen', (scheme) => {
  test.each(TEXT_ON_GROUND)('%s on %s has the contrast of WCAG AA', (text, ground) => {
    const colors = variables(scheme);
    expect(contrast(colors.get(text) ?? '', colors.get(ground) ?? '')).toBeGreaterThanOrEqual(4.5);
  });
});

test.each(STATUSES)('%s has its colours in both themes and its classes', (status) => {
  expect(STYLES.match(new RegExp(`--fill-${status}:#`, 'g'))).toHaveLength(2);
  for (const kind of ['fill', 'text', 'chip']) expect(STYLES).toContain(`.${kind}-${status}{`);
});

test('bars of small tables give way to their numbers, so that 16,286 of 20,000 stays within its card', () => {
  expect(STYLES).toContain('.tally.small .wide{width:auto;min-width:40px}');
});

test('no two landmarks have the same name', () => {
  const headings = new Map([...PAGE.matchAll(/<h2 id="([^"]+)">([^<]+)/g)].map(([, id = '', text = '']) => [id, text]));
  const names = [...PAGE.matchAll(/<section[^>]*?aria-(labelledby|label)="([^"]+)"/g)].map(([, kind, value = '']) =>
    kind === 'label' ? value : headings.get(value),
  );
  expect(names.length).toBeGreaterThan(5);
  expect(names).not.toContain(undefined);
  expect(new Set(names).size).toBe(names.length);
});

test('what scrolls can be reached with the keyboard', () => {
  const scrolling = PAGE.match(/<\w+ class="card scroll"[^>]*>/g) ?? [];
  // Of controls, standards, checks, and what was not understood.
  expect(scrolling).toHaveLength(4);
  for (const element of scrolling) expect(element).toMatch(/tabindex="0" aria-label="Table of /);
});

test('every control of the form has a label, every picture a name or none for all to hear', () => {
  for (const [label] of PAGE.matchAll(/<(?:input|select)[\s\S]*?>/g)) {
    const before = PAGE.slice(0, PAGE.indexOf(label));
    expect(before.lastIndexOf('<label')).toBeGreaterThan(before.lastIndexOf('</label>'));
  }
  for (const [svg] of PAGE.matchAll(/<svg[\s\S]*?>/g))
    expect(svg).toMatch(/aria-hidden="true"|role="img"\s+aria-label="/);
});

test('it prints without what only a screen needs, and in the colours of paper', () => {
  const print = STYLES.slice(STYLES.indexOf('@media print'));
  expect(print).toMatch(/\.filters[^{]*\{display:none !important\}/);
  expect(print).toContain('thead{display:table-header-group}');
  expect(STYLES).toContain('@media screen and (prefers-color-scheme:dark)');
});

test('it asks for nothing from anywhere', () => {
  expect(PAGE).not.toMatch(/\bsrc=|@import|url\(|<link|<iframe|<object/);
  expect(PAGE.match(/https?:\/\/[^\s"'<]+/g) ?? []).toEqual([]);
});
