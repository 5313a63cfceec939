import { findingIdOf } from '../../core/findings/parse-either-finding';
import { explainAsExported, type ExplainedDecision } from '../../core/policy/decide-as-exported';
import { visibleJson } from '../../core/visible-json';
import { InputError } from '../cli-error';
import { createOperator, type OperatorOptions } from '../operator/operator';
import { readFindings } from '../report/read-findings';
import { printable } from '../terminal';
import { readKnownLive, type KnownLive } from './known-live';
import { readContexts } from './read-contexts';
import { readExceptions } from './read-exceptions';
import { readDeployedPolicy, readPolicy, type TriedPolicy } from './read-policy';
import { fitLines } from '../fit-lines';

export interface ExplainOptions extends OperatorOptions {
  readonly findings?: string;
  readonly policy?: string;
  readonly context?: string;
  readonly exceptions?: string;
  readonly json?: true;
}

/**
 * Says of one finding which entry, guard, exception or state of the finding decides, and what was read before it:
 * of an export, or as it is now.
 *
 * @throws InputError for files that cannot be read or understood, and for a finding that is in none of them;
 * CouldNotTellError where the deployment could not be asked
 */
export async function runPolicyExplain(findingId: string, options: ExplainOptions): Promise<void> {
  const { findings, context, exceptions } = options;
  if (findings === undefined && (context ?? exceptions) !== undefined) {
    throw new InputError('--context and --exceptions go with --findings: without it the deployment is asked');
  }
  const { policy, finding, known, remark } =
    findings === undefined ? await readLive(findingId, options) : await readExport(findingId, findings, options);
  const explained = explainAsExported(finding, policy, known);
  if (explained === 'other-control')
    throw new InputError(`${findingId} is of a control that Portcullis does not close`);
  if (explained === 'not-understood') throw new InputError(`${findingId} names nothing that could be closed`);
  if (remark !== undefined) process.stderr.write(`${printable(remark)}\n`);
  process.stdout.write(options.json ? renderJson(explained) : fitLines(renderText(explained)));
}

/** What there is to decide, and what decides about it. */
interface Explainable extends KnownLive {
  readonly policy: TriedPolicy;
}

async function readLive(findingId: string, options: ExplainOptions): Promise<Explainable> {
  const operator = await createOperator(options);
  const policy =
    options.policy === undefined ? await readDeployedPolicy(operator) : readPolicy(options.policy, '--policy');
  return { policy, ...(await readKnownLive(findingId, policy, operator)) };
}

async function readExport(findingId: string, file: string, options: ExplainOptions): Promise<Explainable> {
  const policy = readPolicy(options.policy ?? 'portcullis.yaml', '--policy');
  const contexts = options.context === undefined ? undefined : await readContexts(options.context, [policy]);
  const exceptions = await readExceptions(options.exceptions);
  let finding: unknown;
  await readFindings(file, true, (raw) => {
    if (findingIdOf(raw) === findingId) finding = raw;
  });
  if (finding === undefined) throw new InputError(`--findings ${file} holds no finding ${findingId}`);
  return { policy, finding, known: { contexts, exceptions } };
}

function renderJson(explained: ExplainedDecision): string {
  const { findingId, control, mode, entry, reason, entries, guards, exceptions = [] } = explained;
  return `${visibleJson({ findingId, control, mode, entry, reason, entries, guards, exceptions })}\n`;
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
