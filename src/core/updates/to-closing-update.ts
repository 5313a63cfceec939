import { describeContext } from '../context/describe-context';
import { changesMade } from '../ledger/changes-made';
import type { RemediationOutcome, RemediationRecord } from '../ledger/remediation-record';
import { renderEntryTraffic } from '../network/network-acl-entry';
import { changesOfPlan } from '../planning/step-changes';
import { describeException } from '../exceptions/describe-exception';
import { untilOf } from './to-exception-update';
import { composeNote, NOTE_CHARACTERS } from './compose-note';
import { describeAsked } from './describe-asked';
import { describeChanges } from './describe-changes';
import { describeOpenness } from './describe-openness';
import type { FindingUpdate } from './finding-update';
import { describeRelease } from './describe-hold';
import { STAYS_OPEN } from '../reasons/undo-reasons';
import { asSentence, describeSome, sentences } from './sentences';

/** What the findings of a closing are updated with. */
export function toClosingUpdate(record: RemediationRecord): FindingUpdate {
  return {
    workflow: WORKFLOWS[record.outcome],
    note: composeNote(detailsOf(record), endingOf(record)),
    userDefinedFields: {
      PortcullisOutcome: record.outcome,
      PortcullisRemediationId: record.remediationId,
      PortcullisDecidedBy: record.decidedBy,
      ...(record.outcome === 'asked' && record.question ? { PortcullisUntil: record.question.until } : {}),
      ...(record.outcome === 'excepted' ? untilOf(record) : {}),
    },
  };
}

const WORKFLOWS: Readonly<Record<RemediationOutcome, FindingUpdate['workflow']>> = {
  running: 'NOTIFIED',
  closed: 'RESOLVED',
  'already-closed': 'RESOLVED',
  // Never RESOLVED: something that a control forbids is open.
  excepted: 'SUPPRESSED',
  // Security Hub archives the findings of a resource that is gone by itself.
  'not-needed': undefined,
  asked: 'NOTIFIED',
  notified: 'NOTIFIED',
  'still-open': 'NOTIFIED',
  failed: 'NOTIFIED',
  'could-not-tell': 'NOTIFIED',
  'not-verified': 'NOTIFIED',
  // As after an undo: it is open, and a person wants it so.
  stopped: 'NEW',
  // No closing ends like these.
  'exception-ended': undefined,
  granted: undefined,
  'already-open': undefined,
  'access-ended': undefined,
  undone: undefined,
  'partly-undone': undefined,
  'nothing-to-undo': undefined,
  isolated: undefined,
  'already-isolated': undefined,
  'partly-isolated': undefined,
  previewed: undefined,
};

function detailsOf(record: RemediationRecord): string {
  const reason = asSentence(record.reason);
  switch (record.outcome) {
    case 'running':
      return sentences('Portcullis is closing this now.', shareText(record));
    case 'closed':
      return sentences(
        'Closed by Portcullis and read back.',
        takenText(record),
        givenUpText(record),
        stillOpenText(record),
        changesSeen(record).added,
        contextText(record),
      );
    case 'already-closed':
      return sentences(
        'Portcullis read the rules and found it closed already: nothing was changed.',
        stillOpenText(record),
      );
    case 'excepted':
      return sentences(
        ...(record.exceptions ?? []).map((each) => asSentence(describeException(each))),
        record.runs.length === 0 ? '' : 'What was open beyond it was closed and read back.',
        takenText(record),
        stillOpenText(record),
      );
    case 'asked':
      return sentences(
        record.runs.length === 0
          ? 'Portcullis needs a decision and changed nothing; until then it stays open.'
          : 'Portcullis needs a decision; until then it stays open.',
        reason,
        contextText(record),
        changedText(record),
        wouldChangeText(record),
      );
    case 'notified':
      return sentences(
        'Open, and left open by Portcullis.',
        reason,
        contextText(record),
        wouldChangeText(record),
        CLOSES_IT,
      );
    case 'still-open':
      return sentences('Still open: Portcullis could not close this.', reason, changedText(record), NEXT_STEP);
    case 'failed':
      return sentences('Failed, still open.', reason, changedText(record), NEXT_STEP);
    case 'could-not-tell':
      return sentences(
        'Portcullis could not tell whether this is closed; take it for open.',
        reason,
        changedText(record),
        NEXT_STEP,
      );
    case 'not-verified':
      return sentences('Portcullis does not call this closed: what was done is not what was planned.', reason);
    case 'stopped':
      return sentences('Portcullis stopped closing this: it is open.', reason, changedText(record), STAYS_OPEN);
    case 'not-needed':
    case 'exception-ended':
    case 'granted':
    case 'already-open':
    case 'access-ended':
    case 'undone':
    case 'partly-undone':
    case 'nothing-to-undo':
    case 'isolated':
    case 'already-isolated':
    case 'partly-isolated':
    case 'previewed':
      return sentences('Nothing to close.', reason);
  }
}

/** Of the latest plan. */
function shareText({ plan, runs }: RemediationRecord): string {
  const latest = runs.at(-1)?.runId.split('.')[0];
  const started = runs.filter(({ runId }) => runId.split('.')[0] === latest).length;
  return plan === undefined || started === 0
    ? ''
    : `${String(started)} of ${String(plan.steps.length)} calls are started.`;
}

function endingOf(record: RemediationRecord): string {
  const { outcome, decidedBy, remediationId, target } = record;
  const howToUndo = outcome === 'closed' ? 'To take it back, choose Undo closing. ' : '';
  const howToGoOn = outcome === 'not-verified' ? `${describeRelease(target.account)} ` : '';
  const ending = `${howToUndo}${howToGoOn}Decided by: ${decidedBy}. Remediation ${remediationId}.`;
  if (outcome !== 'asked' || record.question === undefined) return ending;
  const { whole, short } = describeAsked(record.question);
  // A note keeps an ending of half its length whole, and the id stands last in it.
  return `${whole} ${ending}`.length <= NOTE_CHARACTERS / 2 ? `${whole} ${ending}` : `${short} ${ending}`;
}

const CLOSES_IT = 'Close ingress closes it.';

const NEXT_STEP = 'When the cause is gone, choose Close ingress again.';

function takenText(record: RemediationRecord): string {
  return changesSeen(record).taken;
}

/** After a failure what was added counts too: it is there, though what it was to replace is there as well. */
function changedText(record: RemediationRecord): string {
  return sentences(takenText(record), changesSeen(record).added);
}

/** Protocols that the policy keeps where there is room for them. */
function givenUpText({ plan }: RemediationRecord): string {
  const words = (plan?.givenUp ?? []).map(
    (entry) => `${renderEntryTraffic(entry)} from ${entry.CidrBlock ?? entry.Ipv6CidrBlock ?? ''}`,
  );
  return describeSome('Given up for want of room, as policy.keepProtocols lists them last', words);
}

function changesSeen(record: RemediationRecord) {
  return describeChanges(changesMade(record), 'done');
}

function wouldChangeText({ plan, before }: RemediationRecord): string {
  const { taken, added } = describeChanges(changesOfPlan(plan?.steps ?? [], before), 'would');
  return sentences(taken, added);
}

function contextText({ context }: RemediationRecord): string {
  return context === undefined ? '' : describeContext(context);
}

function stillOpenText({ after }: RemediationRecord): string {
  if (after === undefined) return '';
  return `Open to the internet: ${describeOpenness(after) ?? 'nothing'}.`;
}
