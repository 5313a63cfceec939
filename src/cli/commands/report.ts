import { InvalidArgumentError, Option, type Command } from 'commander';
import type { RunReportOptions } from '../report/run-report';
import type { ReportFormat } from '../report/write-report';

const FORMATS: readonly ReportFormat[] = ['html', 'csv', 'json', 'ocsf', 'oscal'];
const DEFAULT: readonly ReportFormat[] = ['html', 'csv'];

export function registerReport(program: Command): void {
  program
    .command('report')
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
      new Option('--format <list>', FORMATS.join(', ')).argParser(parseFormats).default(DEFAULT, DEFAULT.join(',')),
    )
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
    const format = FORMATS.find((one) => one === name.trim());
    if (format === undefined) {
      throw new InvalidArgumentError(`there is no format "${name}"; there are ${FORMATS.join(', ')}.`);
    }
    return format;
  });
}
