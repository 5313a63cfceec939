import type { FindingKey } from '../../core/findings/finding';
import { hasCertificate } from '../../core/ledger/has-certificate';
import { rulesOf } from '../../core/ledger/rules-of';
import { toAskedQuestion, type Question } from '../../core/questions/question';
import { toQuestion } from '../../core/questions/to-question';
import { success } from '../../core/result';
import type { FindingUpdate } from '../../core/updates/finding-update';
import { toFindingUpdate } from '../../core/updates/to-finding-update';
import type { ClosingResult } from '../closing/close-target';
import { endQuestionsAfterClosing } from '../deciding/end-questions-after-closing';
import { leaveQuestion, type LeavePorts } from '../deciding/leave-question';
import { orFail } from './execution-failure';
import type { Clock, Hub, Ledger, SharedReads } from '../ports';
import { keepNotes } from './keep-notes';
import { addToRecord, replaceRecord, type Progress } from './progress';
import { reportRemediation, type ReportPorts } from './report-remediation';
import { awaitUpdateSlot } from '../updating/await-update-slot';
import { findAlsoResolved } from '../updating/also-resolved';
import { storeOutcome } from './store-outcome';
import { scheduleWatches, type ScheduleWatchesPorts } from '../watching/schedule-watches';
import { updateFindings, type BeforeUpdate, type FieldsOf, type NotUpdated } from '../updating/update-findings';
import { verifyResult, type VerifyPorts } from './verify-result';

export interface FinalizePorts extends LeavePorts, ReportPorts, ScheduleWatchesPorts, VerifyPorts {
  readonly clock: Clock;
  readonly hub: Hub;
  readonly ledger: Ledger;
  /** Missing where nobody reads findings for others. */
  readonly sharedReads?: SharedReads;
}

/** Ends a closing: record, findings, event. What its read-back resolves is updated too, though nobody asked. */
export async function finalizeClosing(progress: Progress, result: ClosingResult, ports: FinalizePorts): Promise<void> {
  if (progress.isBusy === true) await awaitUpdateSlot(ports);
  const { others, justRead } = await findAlsoResolved(progress.record, result, progress.isBusy === true, ports);
  addToRecord(progress, { findings: [...progress.record.findings, ...others] });
  const question = withQuestion(progress, result);
  await finish(progress, result, ports);
  if (question !== undefined && progress.record.outcome === 'asked') await leaveQuestion(question, ports);
  await endQuestionsAfterClosing(progress.record, ports);
  const update = toFindingUpdate(progress.record);
  await notifyPeople(progress, [{ findings: progress.record.findings, update, justRead }], ports);
  await scheduleWatches(progress.record, ports);
}

/**
 * What is asked is part of the record, which is stored before people are notified; undefined where nothing is asked.
 */
function withQuestion(progress: Progress, { outcome, reason, isStuck }: ClosingResult): Question | undefined {
  if (outcome !== 'asked') return undefined;
  const question = toQuestion({ ...progress.record, reason }, progress.askTerms ?? {}, isStuck === true);
  addToRecord(progress, { question: toAskedQuestion(question) });
  return question;
}

/**
 * What is certified is verified before anything is said. Certificate and record go before the findings: the record
 * keeps the notes of other people that the update replaces, and a RESOLVED finding without them would be a claim
 * without a proof.
 */
export async function finish(
  progress: Progress,
  { outcome, reason, reasons, after }: ClosingResult,
  ports: FinalizePorts,
): Promise<void> {
  const { durable, clock, ledger } = ports;
  const record = {
    ...progress.record,
    ...{ outcome, reason, reasons },
    ...(after ? { after: rulesOf(after) } : {}),
  };
  replaceRecord(progress, record);
  if (hasCertificate(record)) {
    await verifyResult(progress, record, after, ports);
  } else {
    const at = await orFail(durable.step('finish', () => Promise.resolve(success(clock.now().toISOString()))));
    replaceRecord(progress, { ...record, finishedAt: at });
  }
  const certificate = await orFail(durable.step('store outcome', () => storeOutcome(progress.record, after, ledger)));
  // Nothing in what an execution of an older version has stored.
  if (certificate !== undefined) addToRecord(progress, { certificate });
}

/** Findings that get the same update. */
export interface Notification {
  readonly findings: readonly FindingKey[];
  readonly update: FindingUpdate;
  /** Those whose fields were read a moment ago. */
  readonly justRead?: readonly FieldsOf[];
}

/** Updates the findings first and then the bus, so that who follows an event to its finding finds it up to date. */
export async function notifyPeople(
  progress: Progress,
  all: readonly Notification[],
  ports: FinalizePorts,
): Promise<void> {
  const notUpdated: NotUpdated[] = [];
  const beforeUpdate: BeforeUpdate = (current) => keepNotes(progress, current, ports);
  for (const { findings, update, justRead = [] } of all) {
    if (findings.length === 0) continue;
    notUpdated.push(...(await updateFindings(findings, update, ports, { justRead, beforeUpdate })));
  }
  if (notUpdated.length > 0) {
    addToRecord(progress, { notUpdated });
    // Logged and counted below in any case: the findings that were updated must not say the contrary now.
    await ports.durable.step('store findings not updated', () => ports.ledger.saveRemediation(progress.record));
  }
  await reportRemediation(progress, ports);
}
