import { InvalidArgumentError, type Command } from 'commander';
import type { ReportFormat } from '../report/write-report';

interface ReportOptions {
  readonly findings: string;
  readonly ledger?: string;
  readonly out: string;
  readonly format: readonly ReportFormat[];
  readonly json?: true;
}

export function registerReport(program: Command): void {
  program
    .command('report')
    .description('say what is open, what was closed, by whom and how fast')
    .requiredOption('--findings <file>', 'what `aws securityhub get-findings` printed; - reads standard input')
    .option('--ledger <file>', 'remediations: a JSON list, or what `aws dynamodb scan` printed of the ledger table')
    .requiredOption('--out <dir>', 'directory to write to; made when missing')
    .option('--format <list>', 'html, csv', parseFormats, ['html', 'csv'])
    .option('--json', 'print the figures and the files as one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  $ aws securityhub get-findings > findings.json
  $ portcullis report --findings findings.json --out out
  $ aws dynamodb scan --table-name PortcullisLedger > ledger.json
  $ portcullis report --findings findings.json --ledger ledger.json --out out --format html
`,
    )
    .action((options: ReportOptions) => {
      const { runReport } = require('../report/run-report') as typeof import('../report/run-report');
      runReport(options);
    });
}

const FORMATS: readonly ReportFormat[] = ['html', 'csv'];

function parseFormats(list: string): readonly ReportFormat[] {
  return list.split(',').map((name) => {
    const format = FORMATS.find((one) => one === name.trim());
    if (format === undefined)
      throw new InvalidArgumentError(`there is no format "${name}"; there are ${FORMATS.join(', ')}.`);
    return format;
  });
}
