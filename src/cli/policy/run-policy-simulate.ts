import { decideAsExported, type ExportedDecision } from '../../core/policy/decide-as-exported';
import { visibleJson } from '../../core/visible-json';
import { readFindings } from '../report/read-findings';
import { printable } from '../terminal';
import { readPolicy, type TriedPolicy } from './read-policy';
import { readContexts } from './read-contexts';
import { readExceptions } from './read-exceptions';
import { renderByMode, Simulation } from './simulation';
import { fitLines } from '../fit-lines';
import { plural } from '../plural';
import { showWaiting } from '../waiting-line';

export interface SimulateOptions {
  readonly findings: string;
  readonly policy: string;
  readonly against?: string;
  readonly context?: string;
  readonly exceptions?: string;
  readonly partial?: true;
  readonly json?: true;
}

/** Characters: a write for each of many findings takes longer than deciding about them. */
const WRITTEN_AT_ONCE = 65_536;

/**
 * Says what a policy would do with the findings of an export. None of them is held, so that the file may be of any
 * size.
 *
 * @throws InputError for files that cannot be read or understood
 */
export async function runPolicySimulate(options: SimulateOptions): Promise<void> {
  const policy = readPolicy(options.policy, '--policy');
  const against = options.against === undefined ? undefined : readPolicy(options.against, '--against');
  const contexts =
    options.context === undefined
      ? undefined
      : await readContexts(options.context, [policy, ...(against === undefined ? [] : [against])]);
  const known = { contexts, exceptions: await readExceptions(options.exceptions) };
  const simulation = new Simulation();
  let waiting = '';
  let read = 0;
  const stopWaiting = showWaiting(() => `${plural(read, 'finding')} read`, { ...(options.json && { json: true }) });
  const remark = await readFindings(options.findings, options.partial === true, (raw) => {
    read += 1;
    const decision = decideAsExported(raw, policy, known);
    if (decision === 'other-control') simulation.otherControls += 1;
    else if (decision === 'not-understood') simulation.notUnderstood += 1;
    else {
      const compared = against === undefined ? undefined : decideAsExported(raw, against, known);
      const other = typeof compared === 'object' ? compared : undefined;
      simulation.add(decision, other);
      if (!options.json) return;
      waiting += renderLine(decision, other);
      if (waiting.length < WRITTEN_AT_ONCE) return;
      process.stdout.write(waiting);
      waiting = '';
    }
  }).finally(stopWaiting);
  process.stdout.write(waiting);
  if (remark !== undefined) process.stderr.write(`${printable(remark.text)}\n`);
  process.stdout.write(
    options.json ? renderJson(simulation, policy, against) : fitLines(renderText(simulation, policy, against)),
  );
}

function renderLine(decision: ExportedDecision, other: ExportedDecision | undefined): string {
  const { findingId, control, mode, entry, reason } = decision;
  const differs = other !== undefined && other.mode !== mode;
  const before = differs ? { against: { mode: other.mode, entry: other.entry, reason: other.reason } } : {};
  return `${visibleJson({ findingId, control, mode, entry, reason, ...before })}\n`;
}

function renderJson(simulation: Simulation, policy: TriedPolicy, against: TriedPolicy | undefined): string {
  const { byMode, byControl, byAccount, changes, excepted, otherControls, notUnderstood } = simulation;
  const neverMatched = simulation.neverMatched(policy);
  const compared = against === undefined ? {} : { changes };
  return `${visibleJson({ byMode, byControl, byAccount, neverMatched, ...compared, excepted, otherControls, notUnderstood })}\n`;
}

function renderText(simulation: Simulation, policy: TriedPolicy, against: TriedPolicy | undefined): string {
  const { byMode, byControl, byAccount, changes, excepted, otherControls, notUnderstood } = simulation;
  const never = simulation.neverMatched(policy);
  const lines = [
    `All findings: ${renderByMode(byMode)}`,
    ...Object.entries(byControl).map(([control, counts]) => `  ${control}: ${renderByMode(counts)}`),
    ...Object.entries(byAccount).map(([account, counts]) => `  ${account}: ${renderByMode(counts)}`),
    ...(never.length === 0 ? [] : [`Decided about nothing: ${never.join(', ')}`]),
    ...(against === undefined ? [] : [`Compared with --against: ${renderChanges(changes)}`]),
    ...(excepted === 0 ? [] : [`Of those ignored, excepted: ${String(excepted)}`]),
    ...(otherControls === 0 ? [] : [`${String(otherControls)} of other controls, which Portcullis does not close`]),
    ...(notUnderstood === 0 ? [] : [`${String(notUnderstood)} not understood`]),
  ];
  return lines.map((line) => `${printable(line)}\n`).join('');
}

function renderChanges(changes: Readonly<Record<string, number>>): string {
  const shown = Object.entries(changes).map(([change, count]) => `${String(count)} ${change}`);
  return shown.length === 0 ? 'the same for every finding' : shown.join(', ');
}
