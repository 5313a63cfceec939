import { InvalidArgumentError, Option, type Command } from 'commander';
import { DEFAULT_DUE_DAYS, DUE_SEVERITIES, type DueDays } from '../../core/reporting/due';
import { SECURITY_HUB_KINDS } from '../../core/security-hub-kind';
import { addProfileOption } from '../operator/operator-options';
import type { RunReportOptions } from '../report/run-report';
import { REPORT_FORMATS, type ReportFormat } from '../../core/reporting/report-formats';

const DEFAULT: readonly ReportFormat[] = ['html', 'csv'];

/** Adds its command, with help and options, to the program. */
export function registerReport(program: Command): void {
  addProfileOption(program.command('report'))
    .description('say what is open, what was closed, by whom and how fast')
    .requiredOption('--out <dir>', 'directory to write to; made when missing')
    .option(
      '--findings <file...>',
      'what `aws securityhub get-findings` or `get-findings-v2` printed, or events of Security Hub; - reads standard input; without it, Security Hub and the ledger are read live',
    )
    .option('--ledger <file>', 'remediations: a JSON list, or what `aws dynamodb scan` printed of the ledger table')
    .option('--region <code>', "live: Security Hub's aggregation Region (default: as the AWS CLI finds it)")
    .option('--prefix <prefix>', 'live: prefix of the deployment, as in portcullis.yaml', 'Portcullis')
    .addOption(
      new Option('--security-hub <which>', 'live: what portcullis.yaml has as securityHub')
        .choices([...SECURITY_HUB_KINDS])
        .default('cspm'),
    )
    .addOption(
      new Option('--format <list>', REPORT_FORMATS.join(', '))
        .argParser(parseFormats)
        .default(DEFAULT, DEFAULT.join(',')),
    )
    .addOption(new Option('--by <what>', 'the tables of each account as well, in accounts/').choices(['account']))
    .addOption(
      new Option('--due <list>', 'days after which what is open is overdue, by severity')
        .argParser(parseDue)
        .default(DEFAULT_DUE_DAYS, renderDue(DEFAULT_DUE_DAYS)),
    )
    .option('--policy <file>', 'portcullis.yaml: also say what its policy would do about what is open, if it were on')
    .option('--partial', 'take one page of several (--max-items, --no-paginate) for what it is, a part')
    .option('--zip', 'pack all files into report.zip as well')
    .option('--json', 'print the figures and the files as one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  $ aws securityhub get-findings > findings.json
  $ portcullis report --findings findings.json --out out
  $ aws dynamodb scan --table-name Portcullis-Ledger > ledger.json
  $ portcullis report --findings findings.json --ledger ledger.json --out out --format html
  $ portcullis report --findings findings.json --out out --format html,csv,json,ocsf,oscal --zip
  $ portcullis report --findings findings.json --out out --format csv --by account --due CRITICAL=3,HIGH=7
  $ portcullis report --findings findings.json --out out --policy portcullis.yaml
  $ AWS_PROFILE=security portcullis report --region eu-central-1 --out out
`,
    )
    .action(async (options: RunReportOptions) => {
      const { runReport } = require('../report/run-report') as typeof import('../report/run-report');
      await runReport(options);
    });
}

function parseFormats(list: string): readonly ReportFormat[] {
  return list.split(',').map((name) => {
    const format = REPORT_FORMATS.find((one) => one === name.trim());
    if (format === undefined) {
      throw new InvalidArgumentError(`there is no format "${name}"; there are ${REPORT_FORMATS.join(', ')}.`);
    }
    return format;
  });
}

function renderDue(due: DueDays): string {
  return Object.entries(due)
    .map(([severity, days]) => `${severity}=${String(days)}`)
    .join(',');
}

/** What is left out has no due date. */
function parseDue(list: string): DueDays {
  const due: Record<string, number> = {};
  for (const part of list.split(',')) {
    const [, name = '', days = ''] = /^\s*(\w+)\s*=\s*(\d{1,4})\s*$/.exec(part) ?? [];
    const severity = DUE_SEVERITIES.find((one) => one === name.toUpperCase());
    if (severity === undefined) {
      throw new InvalidArgumentError(
        `"${part.trim()}" is no severity with its days; write such as ${renderDue(DEFAULT_DUE_DAYS)}.`,
      );
    }
    due[severity] = Number(days);
  }
  return due;
}
