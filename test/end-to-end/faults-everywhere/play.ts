import { findLost } from './find-lost';
import { askAgain } from './ask-again';
import { drive } from './drive';
import type { CallRecorder, FaultPoint } from './fault-point';
import type { Line } from './ec2-snapshot';
import { findUnsaid } from './find-unsaid';
import { lastsSeconds, toFault, type Injection } from './injection';
import { Interference } from './interference';
import { findLateOpening } from './find-late-opening';
import { releaseAccount } from './release-account';
import type { Scenario } from './scenario';
import type { Stage } from './stage';
import { prepareSubject, removeSubject, setOff, type Subject } from './subject';
import { takeBack } from './take-back';
import { fetchTraces, renderTraces } from './traces';
import { findLies, findStrayChanges, type Violation } from './violations';

/** A scenario without a fault: what it calls, and how it ends. */
export interface Faultless {
  readonly points: readonly FaultPoint[];
  readonly lines: readonly Line[];
  readonly traces: string;
}

export interface Played {
  /** Faults whose call was made. */
  readonly struck: number;
  /** `as-ever`: nothing shows that anything went wrong. */
  readonly ended: 'as-ever' | 'otherwise';
  readonly violations: readonly Violation[];
}

export async function playFaultless(stage: Stage, scenario: Scenario): Promise<Faultless> {
  const subject = await prepareSubject(stage, scenario);
  const recorder = stage.record();
  const findingIds = await setOff(stage, subject);
  await drive(stage);
  const traces = await fetchTraces(stage, subject.target, findingIds);
  const points = [...recorder.points];
  const stray = await findStrayChanges(stage, subject, traces.lines);
  const lies = await findLies(stage, subject, findingIds);
  const isWell = traces.findings.every(({ workflow, note }) => workflow === scenario.endsAs && note !== '');
  if (!isWell || stray.length + lies.length > 0) {
    throw new Error(`${scenario.name} fails without a fault: ${JSON.stringify([traces.findings, stray, lies])}`);
  }
  await removeSubject(stage, subject);
  return { points, lines: traces.lines, traces: renderTraces(traces, subject.target) };
}

/** Plays a scenario with faults, looks at what they did, and goes on when they are over. */
export async function playFaulty(
  stage: Stage,
  scenario: Scenario,
  faultless: Faultless,
  injections: readonly Injection[],
  followUp: 'again-first' | 'undo-first',
): Promise<Played> {
  const subject = await prepareSubject(stage, scenario);
  const recorder = stage.record();
  const interference = new Interference(stage, subject);
  for (const injection of injections) {
    const fault = toFault(injection);
    if (fault) stage.world.faults.add(fault);
    else interference.arm(injection);
  }
  const findingIds = await setOff(stage, subject);
  let isAtRest = await drive(stage, Math.max(...injections.map(lastsSeconds)) * 1.2);
  stage.world.faults.clear();
  const struck = countStruck(recorder, injections);
  await interference.end();
  isAtRest &&= await drive(stage);
  const violations: Violation[] = isAtRest ? [] : [{ kind: 'never-at-rest', detail: '' }];
  let kept = faultless.lines;
  const readState = async (isLater = true) => {
    violations.push(...(await findLies(stage, subject, findingIds)));
    const stray = await findStrayChanges(stage, subject, kept, interference.forgotten);
    violations.push(
      ...(interference.replacedDocuments ? await findUnsaid(stage, subject, findingIds, stray, isLater) : stray),
    );
  };
  await readState(false);
  const traces = await fetchTraces(stage, subject.target, findingIds);
  if (injections.some(({ kind }) => kind.startsWith('cannot-start'))) {
    violations.push(...(await findLateOpening(stage, subject)));
  }
  const isAsEver = renderTraces(traces, subject.target) === faultless.traces;
  if (!isAsEver || interference.restoredLedger) {
    violations.push(...(await findLost(stage, subject, traces)));
    if (followUp === 'undo-first' && !scenario.closedBefore) {
      violations.push(...(await takeBack(stage, subject, findingIds, interference)));
      await readState();
    }
    violations.push(...(await tryAgain(stage, subject, findingIds, interference)));
    if (interference.restoredLedger) kept = kept.filter(({ text }) => !/"(0\.0\.0\.0\/0|::\/0)"/.test(text));
    await readState();
    if (followUp === 'again-first') {
      violations.push(...(await takeBack(stage, subject, findingIds, interference)));
      await readState();
    }
  }
  if (interference.replacedDocuments) await releaseAccount(stage, subject);
  await removeSubject(stage, subject);
  return { struck, ended: isAsEver ? 'as-ever' : 'otherwise', violations };
}

function countStruck(recorder: CallRecorder, injections: readonly Injection[]): number {
  return injections.filter(({ point }) => recorder.countOf(point) > point.nth).length;
}

/** The fault is gone: who asks again gets what they asked for, and nothing is left lying about. */
async function tryAgain(
  stage: Stage,
  { scenario, target, before }: Subject,
  findingIds: readonly string[],
  { restoredLedger }: Interference,
): Promise<Violation[]> {
  // What a restored ledger says waits must not be carried out beside what is asked now.
  const action = restoredLedger ? 'Close ingress' : (scenario.action ?? 'Close ingress');
  const { alsoChosen = '' } = scenario;
  const traces = await askAgain(stage, target, findingIds, async () => {
    // A second deployment's work is asked for there.
    if (!alsoChosen.startsWith('Gate')) return stage.findings.choose(action, ...findingIds);
    await stage.findings.choose(action, ...findingIds.slice(0, -1));
    await stage.findings.choose(alsoChosen, ...findingIds.slice(-1));
  });
  const isDone =
    !traces.isHeld &&
    traces.waiting === 0 &&
    traces.findings.every(({ id, workflow, note }) => {
      if (action === 'Close ingress') return workflow === 'RESOLVED';
      return note !== (before.findings.find((each) => each.id === id)?.note ?? '');
    });
  if (isDone) return [];
  const { findings, isHeld, waiting } = traces;
  const notified = findings.map(({ workflow, outcome, note }) => `${workflow} ${outcome}: ${note}`).join(' | ');
  const detail = `${action} again: ${notified}; held: ${String(isHeld)}, ${String(waiting)} requests`;
  return [{ kind: 'stuck', detail }];
}
