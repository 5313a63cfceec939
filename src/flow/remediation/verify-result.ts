import { toCertificateContents } from '../../core/certificate/making/to-certificate-contents';
import type { Sha256 } from '../../core/certificate/seal-certificate';
import { verifyBeforeSealing, type Judgement } from '../../core/certificate/verification/verify-before-sealing';
import { isCertified } from '../../core/ledger/has-certificate';
import type { ReportedCall, RemediationRecord, RunbookRunRecord } from '../../core/ledger/remediation-record';
import { because, type EndReason } from '../../core/reasons/because';
import type { Resource } from '../../core/resource';
import { success } from '../../core/result';
import { targetKey } from '../../core/target';
import { countOnce } from '../count-once';
import { REPORT_SECONDS } from '../limits';
import type { Brake, Clock, Durable, Ledger, Log, Metrics, PortResult, Runbooks } from '../ports';
import { orFail } from './execution-failure';
import { replaceRecord, type Progress } from './progress';

export interface VerifyPorts {
  readonly brake: Omit<Brake, 'release'>;
  readonly clock: Clock;
  readonly durable: Durable;
  readonly ledger: Ledger;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly runbooks: Runbooks;
  readonly sha256: Sha256;
}

/**
 * Nothing is said that is not verified: the certificate that an ending is about to be given goes through the
 * independent verification first, with the chain that it goes into. Where it does not hold, and SSM's own records do
 * not show that it was somebody else, the remediation ends as `not-verified`, and its account is held for a person. Its
 * record has the time of the first verification as the time of its end.
 *
 * @param certified the record of `progress`, which is to be certified
 * @throws ExecutionFailure when the chain cannot be read: what cannot be verified is not said
 */
export async function verifyResult(
  progress: Progress,
  certified: Certified,
  after: Resource | undefined,
  ports: VerifyPorts,
): Promise<void> {
  const first = await judge('verify', certified, after, ports);
  let { judgement } = first;
  const ended = { ...certified, finishedAt: first.finishedAt };
  replaceRecord(progress, ended);
  if (judgement.mayBeOthers || hasUnexplained(judgement)) {
    const asked = { ...ended, runs: await askWhatRan(ended, ports) };
    replaceRecord(progress, asked);
    ({ judgement } = await judge('verify with what SSM reports', asked, after, ports));
  }
  if (judgement.broken.length > 0) return notifyUnverified(progress, judgement, ports);
  // What was there under way counts as well: it may have been undone by a later plan, and who did it is not known.
  if (hasUnexplained(judgement) && !judgement.ranAsPlanned) return notifyUnverified(progress, judgement, ports);
  const { outcome } = progress.record;
  const claims = outcome === 'closed' || outcome === 'already-closed' || outcome === 'excepted';
  if (!claims || judgement.unclear.length === 0) return;
  const why = because({ code: 'verification-unclear', unclear: judgement.unclear });
  replaceRecord(progress, { ...onlyRequested(progress.record), outcome: 'could-not-tell', ...why });
}

/** A record of what is certified. */
type Certified = Parameters<typeof toCertificateContents>[0];

interface Judged {
  readonly judgement: Judgement;
  /** What the record says, or else now: one durable step less than a step of its own for the time. ISO 8601, UTC. */
  readonly finishedAt: string;
}

/** What it takes back: its certificate says what may go, or come back. */
function originOf({ action, undoes, grant }: RemediationRecord): string | undefined {
  return action === 'end-grant' ? grant?.openedBy : undoes;
}

/** Little is kept of it: the result of a step is stored. */
function judge(
  name: string,
  record: Certified,
  after: Resource | undefined,
  { clock, durable, ledger, sha256 }: VerifyPorts,
): Promise<Judged> {
  return orFail(
    durable.step(name, async () => {
      const finishedAt = record.finishedAt ?? clock.now().toISOString();
      const chain = await ledger.fetchChainEnd(record.target, originOf(record));
      if (!chain.ok) return chain;
      const judged = verifyBeforeSealing(toCertificateContents({ ...record, finishedAt }, after), chain.value, sha256);
      const { broken, unclear, added, gone } = judged;
      const some = { broken: few(broken), unclear: few(unclear), added: few(added), gone: few(gone) };
      return success({ judgement: { ...judged, ...some }, finishedAt });
    }),
  );
}

function hasUnexplained({ added, gone }: Judgement): boolean {
  return added.length + gone.length > 0;
}

const KEPT = 20;

function few(texts: readonly string[]): readonly string[] {
  return texts.slice(0, KEPT);
}

/** SSM's quota for that is 3 calls a second, so that it is asked only where something cannot be explained. */
async function askWhatRan({ runs, ...record }: RemediationRecord, ports: VerifyPorts): Promise<RunbookRunRecord[]> {
  const asked: RunbookRunRecord[] = [];
  for (const run of runs) {
    const reported = await askAbout(run, record, ports);
    asked.push(reported === undefined ? run : { ...run, reported });
  }
  return asked;
}

async function askAbout(
  { runId, step, executionId }: RunbookRunRecord,
  { target, remediationId, action }: Omit<RemediationRecord, 'runs'>,
  { durable, log, runbooks }: VerifyPorts,
): Promise<readonly ReportedCall[] | undefined> {
  if (executionId === undefined || !isCertified(action)) return undefined;
  const run = { target, remediationId, action, runId, step };
  let cause = '';
  // Its effect is seen before SSM says that the execution is over.
  for (const [ask, pause] of REPORT_SECONDS.entries()) {
    await durable.sleep(`wait for the end of ${runId} ${String(ask)}`, pause);
    const report = await durable.step(`ask what ${runId} called ${String(ask)}`, () =>
      runbooks.report(run, executionId),
    );
    if (!report.ok) {
      cause = report.error.cause;
      break;
    }
    if (report.value.kind === 'known') return report.value.calls;
    cause = report.value.reason;
    if (report.value.kind === 'unknown') break;
  }
  log.warn('What a runbook called cannot be told', { remediationId, runId, executionId, cause });
  return undefined;
}

async function notifyUnverified(progress: Progress, judgement: Judgement, ports: VerifyPorts): Promise<void> {
  const { remediationId, target, outcome } = progress.record;
  const { added, gone, broken } = judgement;
  const unverified: EndReason = { code: 'not-verified', added, gone, broken };
  const { reason } = because(unverified);
  const held = await holdAccount(progress.record, reason, ports);
  const fields = { remediationId, target: targetKey(target), outcome, reason };
  ports.log.error('Remediation is not verified', { ...fields, broken });
  await countOnce('count not verified', [['RemediationsNotVerified', 1]], ports);
  const notHeld: readonly EndReason[] = held.ok ? [] : [{ code: 'account-not-held', cause: held.error.cause }];
  const why = because(unverified, ...notHeld);
  replaceRecord(progress, { ...onlyRequested(progress.record), outcome: 'not-verified', ...why });
}

/** Somebody has to look before anything is done automatically in the account again. */
function holdAccount(
  { remediationId, target, startedAt, finishedAt = startedAt }: RemediationRecord,
  reason: string,
  { brake, durable }: VerifyPorts,
): PortResult<boolean> {
  const { account } = target;
  return durable.step('hold the account', () => brake.hold({ account, remediationId, since: finishedAt, reason }));
}

/** What nobody asked for is not updated for a remediation that did not end as it should. */
function onlyRequested(record: RemediationRecord): RemediationRecord {
  return { ...record, findings: record.findings.filter(({ alongside }) => alongside !== true) };
}
