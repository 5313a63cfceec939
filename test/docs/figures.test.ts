import { engines } from '../../package.json';
import { AWS_PRICES } from '../../bench/price/aws-prices';
import { MAX_ROWS_IN_HTML } from '../../src/core/reporting/html/checks-table';
import { UNDO_BEGINS_WITHIN_MINUTES } from '../../src/core/policy/undo-begins-within';
import {
  MAX_DELIVERIES,
  MAX_FINDING_IDS,
  MAX_ROUNDS,
  QUEUED_POLLS,
  RETRY_SECONDS_AFTER_FAILURE,
} from '../../src/flow/limits';
import { constantOf, figuresBeside, inWords, proseOf, textOf } from './figures';

// Every figure in the prose of these documents stands in a claim, which is put together from code, configuration or a
// price; docs/cost.md is held by cost.test.ts, docs/controls.md is generated.

/** What is measured by hand, as the text says how; held to the limits that it is about below. */
const MEASURED =
  /had its peak at (\d+) MB of memory.{0,60}? and (\d+) MB of files[^;.]*|It needed ([\d.]+) s of a busy processor, about a minute[^.]*\./g;
const measured = [...proseOf('docs/reports.md').matchAll(MEASURED)];

const hours = (seconds: number): string => String(seconds / 3600);
const page = (name: string): number => constantOf('src/core/reporting/html/report.js', name);
const disk = constantOf('stacks/constructs/reports.ts', 'DISK');
const lambdaMinutes = constantOf('stacks/constructs/reports.ts', 'TIMEOUT');
const memory = Number(
  /memorySize: props\.memoryMegabytes \?\? (\d+)/.exec(textOf('stacks/constructs/bundled-function.ts'))?.[1],
);
const plain = Number(/\| plain close +\|.*?\$([\d.]+) \|/.exec(textOf('docs/cost.md'))?.[1]);
const plainOf = (cell: number): number =>
  Number(/^\| plain close .*$/m.exec(textOf('docs/cost.md'))?.[0]?.split('|')[cell]);
const alarms = Number(/the alarms \(\$[\d.]+ a month: (\d+) metrics\)/.exec(proseOf('README.md'))?.[1]);
const brake = (name: string): number =>
  Number(
    new RegExp(String.raw`${name}: .*?\.default\((\d+)\)`).exec(
      textOf('src/core/configuration/schema/brake-schema.ts'),
    )?.[1],
  );
const [first, second] = RETRY_SECONDS_AFTER_FAILURE;
const wcag = /'wcag(\d)(\d)aa', 'best-practice'/.exec(textOf('test/peers/browser/report-page.test.ts')) ?? [];
const browserChecks = constantOf('test/peers/browser/report-page.test.ts', 'CHECKS');
const findingsAtOnce = 100_000;
/** GetFindings: 100 a page, three calls a second (docs/performance.md has the page of AWS). */
const pages = findingsAtOnce / 100;

const CLAIMS: Readonly<Record<string, readonly string[]>> = {
  'README.md': [
    'See it work: two commands',
    `Node ${engines.node.replace('>=', '')} or newer`,
    'becomes tcp 80 and 443, authorized and seen',
    'Four controls that fail on one group are one plan',
    `Deploy in ${inWords(
      textOf('README.md')
        .split('## Deploy in')[1]
        ?.split('\n## ')[0]
        ?.match(/^\d\. /gm)?.length ?? 0,
    )} steps`,
    `the alarms ($${(alarms / 10).toFixed(2)} a month: ${String(alarms)} metrics)`,
    `one SSM Automation step ($${String(AWS_PRICES.automationStep.dollars)})`,
    `some ${inWords(plainOf(4))} short Lambda runs`,
    `some ${plainOf(5) >= 18 && plainOf(5) <= 22 ? 'twenty' : 'other'} durable operations ($${String(
      AWS_PRICES.durableOperation.dollars * 1e6,
    )} a million): less than ${plain < 0.0025 ? 'a quarter of a cent' : 'more'}`,
    'Keeping 80 and 443 open adds one step a port range',
    `127.0.0.1:${String(/--port <number>.*?, '(\d+)'|DEFAULT_PORT = (\d+)/.exec(textOf('src/cli/commands/sandbox.ts'))?.slice(1).find(Boolean))}`,
  ],
  'docs/getting-started.md': [
    'The first three need nothing but Node.',
    'steps 2, 3, 5 and 6, and `doctor`, work against it in the same words',
    'step 5 is where your account has its say',
  ],
  'docs/reports.md': [
    `class ${String(/class_uid: (\d+)/.exec(textOf('src/core/reporting/ocsf/render-ocsf.ts'))?.[1])}`,
    `OSCAL ${String(/OSCAL_VERSION = '([\d.]+)'/.exec(textOf('src/core/reporting/oscal/render-oscal.ts'))?.[1])} assessment results`,
    `the weeks of ${constantOf('src/core/reporting/trend.ts', 'WEEKS') === 26 ? 'half a year' : 'other times'}`,
    `in a headless Chromium, with ${browserChecks.toLocaleString('en')} checks too`,
    `rules of WCAG ${wcag.slice(1).join('.')} A and AA in both themes`,
    `\`Portcullis-Reporter\` (${String(memory)} MB)`,
    `refuses what is not TLS ${String(/minimumTLSVersion: ([\d.]+)/.exec(textOf('stacks/constructs/report-bucket.ts'))?.[1])}`,
    `after ${hours(constantOf('src/flow/reporting/deliver-report.ts', 'LINK_SECONDS'))} hours at the latest`,
    'removes a report after `keepDays`',
    // Lambda tries an asynchronous invocation twice more, unless a function is set otherwise.
    `in the dead-letter queue after ${textOf('stacks/constructs/reports.ts').includes('retryAttempts') ? 'other' : 'three'} tries`,
    `limits of heap that Lambda sets for ${String(memory)} MB and ${findingsAtOnce.toLocaleString('en')} findings from a local server`,
    ...measured.map(([text]) => text),
    // https://aws.amazon.com/lambda/pricing/: what is beyond 512 MB, $0.0000000309 a GB-second, for 15 minutes.
    `it has ${String(disk)} GiB of disk, for which AWS takes less than ${
      (disk - 0.5) * 0.0000000309 * lambdaMinutes * 60 < 0.0001 ? '$0.0001' : 'more'
    } a report`,
    `${pages.toLocaleString('en')} pages of 100 findings, one after the other, at most three a second`,
    `That is ${inWords(Math.ceil(pages / 3 / 60))} minutes at best`,
    `a page that takes longer than ${String(Math.floor((lambdaMinutes * 60 - 60) / (pages / 10)) / 10)} s on average takes ` +
      `${findingsAtOnce.toLocaleString('en')} findings past the ${String(lambdaMinutes)} minutes that Lambda has`,
    `a report that takes more than ${inWords(constantOf('src/cli/report/report-progress.ts', 'QUIET_MILLIS') / 1000)} seconds says`,
    `The page holds up to ${MAX_ROWS_IN_HTML.toLocaleString('en')} checks`,
    `shows a ${page('ROWS_A_PAGE') === 100 ? 'hundred' : 'other'} at a time`,
    `the first ${page('ROWS_IN_PRINT') === 1000 ? 'thousand' : 'other'} of those that the filters leave`,
    'without scripts, the hundred most urgent',
  ],
  'docs/operations.md': [
    `did not begin within ${String(UNDO_BEGINS_WITHIN_MINUTES)} minutes`,
    `an undo only within ${String(UNDO_BEGINS_WITHIN_MINUTES)} minutes of its asking`,
    `an undo that has waited for more than ${String(UNDO_BEGINS_WITHIN_MINUTES)} minutes`,
    ': 0 ended as asked (or there was nothing to do), 1 not, or only in part, 2 bad input, 3 could not tell.',
    `${inWords(constantOf('src/cli/operator/wait-for-remediation.ts', 'PATIENCE_MILLIS') / 60_000)} minutes without an end, stop the waiting only (exit code ${String(
      constantOf('src/cli/operator/await-results.ts', 'EXIT_CODE_WHEN_INTERRUPTED'),
    )})`,
    'gave tcp 22 from 0.0.0.0/0 back',
    `tried again after ${String(first)} seconds and after ${inWords(second / 60)} minutes`,
    `begins with "Tried ${String(MAX_ROUNDS)} times"`,
    `within ${{ 30: 'half a minute' }[QUEUED_POLLS.seconds]} what waits for its turn with SSM`,
    'half of one would be worse',
    `(${String(brake('closings'))} in ${String(brake('minutes'))} minutes unless said otherwise)`,
    '(443 for 0-65535)',
    'median and p90',
    `(${inWords(/visibilityTimeout: Duration\.seconds\(6 \*/.test(textOf('stacks/constructs/finding-queue.ts')) ? 6 : 0)} times the dispatcher's time-out)`,
    `| ${String(MAX_DELIVERIES)} | alarm DispatcherDenied at once`,
    `| ${String(MAX_DELIVERIES)} | alarm FindingsWaitTooLong after ${String(constantOf('stacks/constructs/alarms.ts', 'LONGEST_WAIT'))} minutes`,
    'not understood, none of our actions, invalid | 1 |',
    'a finding that Security Hub does not know (yet) | 2 |',
    'EventBridge reaches neither queue | 0 |',
    `not worked on again for ${inWords(constantOf('src/aws/ledger/ledger-requests.ts', 'ANSWERED_FOR_SECONDS') / 86_400)} days`,
    `_Close ingress_ for ${String(constantOf('src/core/policy/is-overdue.ts', 'CLOSING_HOLDS_HOURS'))} hours`,
    `A plan of more than ${String(constantOf('src/core/policy/decide.ts', 'MOST_STEPS'))} calls is left to a person: one execution has 3,000 durable operations`,
    'twenty at the most)',
    `up to ${{ 20: 'twenty' }[MAX_FINDING_IDS]} \`findingIds\``,
  ],
  'docs/security.md': [
    `a link ends after ${hours(constantOf('src/flow/reporting/deliver-report.ts', 'LINK_SECONDS'))} hours at the latest`,
    'Three things the sandbox has not',
    'to have 443 closed',
    `an undo that has not begun within ${String(UNDO_BEGINS_WITHIN_MINUTES)} minutes`,
    'any parameters, and two of them authorize rules',
    'around the two role names',
    `within ${inWords(constantOf('src/channels/slack/slack-signatures.ts', 'SIGNED_WITHIN_SECONDS') / 60)} minutes of now either way`,
    'is answered 401 and changes nothing',
  ],
};

test.each(Object.entries(CLAIMS))('%s says what the code has, figure by figure', (file, claims) => {
  const prose = proseOf(file);
  expect(claims.filter((claim) => !prose.includes(claim))).toEqual([]);
  expect(figuresBeside(prose, claims)).toEqual([]);
});

test('a figure that no claim has is shown, in digits or as a word', () => {
  const prose = 'It takes 12 hours, or EC2.13 in five steps of `x` 2026-11-29.';
  expect(figuresBeside(prose, ['in five steps'])).toEqual([expect.stringContaining('takes 12 hours')]);
  expect(figuresBeside(prose, ['takes 12 hours'])).toEqual([expect.stringContaining('in five steps')]);
});

test('what the reporter was measured to take is within what it has', () => {
  const [[, peak, files] = [], [, , , seconds] = []] = measured;
  expect(Number(peak)).toBeGreaterThan(0);
  expect(Number(peak)).toBeLessThan(memory);
  expect(Number(files)).toBeLessThan(disk * 1024);
  // 512 MB bring not quite a third of a processor:
  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
  expect(Math.abs(Number(seconds) * (1769 / memory) - 60)).toBeLessThan(15);
});

test('the price so far on the dashboard is that of docs/cost.md', () => {
  const notified =
    /DOLLARS = \{ close: ([\d.]+), undo: ([\d.]+) \}/.exec(textOf('stacks/constructs/dashboard.ts')) ?? [];
  const [undo] = /(?<=\| undo of a close .*\$)0\.[\d]+/.exec(textOf('docs/cost.md')) ?? [];
  expect(notified.slice(1).map(Number)).toEqual([plain, Number(undo)]);
});
