import { explainAsExported, type ExplainedDecision } from '../../core/policy/decide-as-exported';
import { memberOf } from '../../core/read-member';
import { InputError } from '../cli-error';
import { readFindings } from '../report/read-findings';
import { printable } from '../terminal';
import { readConfigurationFile } from './read-configuration-file';
import { readContexts } from './read-contexts';

export interface ExplainOptions {
  readonly findings: string;
  readonly policy: string;
  readonly context?: string;
  readonly json?: true;
}

/**
 * Says of one finding which entry, guard or state of the finding decides, and what was looked at before it.
 *
 * @throws InputError for files that cannot be read or understood, and for a finding that is in none of them
 */
export async function runPolicyExplain(findingId: string, options: ExplainOptions): Promise<void> {
  const policy = readConfigurationFile(options.policy, '--policy');
  const contexts = options.context === undefined ? undefined : await readContexts(options.context, [policy]);
  let found: unknown;
  await readFindings(options.findings, true, (raw) => {
    if (memberOf(raw, 'Id') === findingId) found = raw;
  });
  if (found === undefined) throw new InputError(`--findings ${options.findings} holds no finding ${findingId}`);
  const explained = explainAsExported(found, policy, contexts);
  if (explained === 'other-control')
    throw new InputError(`${findingId} is of a control that Portcullis does not close`);
  if (explained === 'not-understood') throw new InputError(`${findingId} names nothing that could be closed`);
  process.stdout.write(options.json ? renderJson(explained) : renderText(explained));
}

function renderJson({ findingId, control, mode, entry, reason, entries, guards }: ExplainedDecision): string {
  return `${JSON.stringify({ findingId, control, mode, entry, reason, entries, guards })}\n`;
}

const MATCHES = { yes: 'matches', no: 'does not match', unknown: 'may match' } as const;
const HOLDS = { yes: 'holds', unknown: 'may hold' } as const;

function renderText({ mode, entry, reason, entries, guards }: ExplainedDecision): string {
  const lines = [
    `${mode}: ${reason}`,
    `Decided by ${entry}.`,
    ...guards.map(({ guard, holds, reason: why }) => `  ${guard} ${HOLDS[holds]}: ${why}`),
    ...entries.map(({ entry: name, match, missing = [] }) =>
      [`  ${name} ${MATCHES[match]}`, ...(missing.length === 0 ? [] : [`not known: ${missing.join('; ')}`])].join(', '),
    ),
  ];
  return lines.map((line) => `${printable(line)}\n`).join('');
}
