import type { RemediationOutcome, RemediationRecord } from '../ledger/remediation-record';
import { renderRule } from '../network/rule-source';
import type { SecurityGroupRule } from '../network/security-group-rule';
import { composeNote } from './compose-note';
import { describeOpenness } from './describe-openness';
import type { FindingUpdate } from './finding-update';

/** What the findings of a remediation are told, the same for all of them. Only what was read back as closed is RESOLVED. */
export function toFindingUpdate(record: RemediationRecord): FindingUpdate {
  const ending = `Decided by: ${record.decidedBy}. Remediation ${record.remediationId}.`;
  return {
    workflow: WORKFLOWS[record.outcome],
    note: composeNote(detailsOf(record), ending),
    userDefinedFields: {
      PortcullisOutcome: record.outcome,
      PortcullisRemediationId: record.remediationId,
      PortcullisDecidedBy: record.decidedBy,
    },
  };
}

/** What a finding is told that a person selected and that cannot be remediated at all. */
export function toProblemUpdate(problem: string): FindingUpdate {
  return {
    workflow: 'NOTIFIED',
    note: composeNote(`Portcullis did nothing. ${problem}`, ''),
    userDefinedFields: { PortcullisOutcome: 'failed' },
  };
}

const WORKFLOWS: Readonly<Record<RemediationOutcome, FindingUpdate['workflow']>> = {
  running: 'NOTIFIED',
  closed: 'RESOLVED',
  'already-closed': 'RESOLVED',
  // Security Hub archives the findings of a resource that is gone by itself.
  'not-needed': undefined,
  asked: 'NOTIFIED',
  'still-open': 'NOTIFIED',
  failed: 'NOTIFIED',
  'could-not-tell': 'NOTIFIED',
};

function detailsOf(record: RemediationRecord): string {
  const reason = asSentence(record.reason);
  switch (record.outcome) {
    case 'running':
      return 'Portcullis is closing this now.';
    case 'closed':
      return sentences(
        'Closed by Portcullis and read back.',
        revokedText(record),
        stillOpenText(record),
        'The rules as they were before are kept in the ledger.',
      );
    case 'already-closed':
      return sentences(
        'Portcullis read the rules and found it closed already: nothing was changed.',
        stillOpenText(record),
      );
    case 'not-needed':
      return sentences('Nothing to close.', reason);
    case 'asked':
      return sentences(
        'Portcullis needs a decision and changed nothing; until then it stays open.',
        reason,
        wouldRevokeText(record),
      );
    case 'still-open':
      return sentences('Still open: Portcullis could not close this.', reason, revokedText(record), NEXT_STEP);
    case 'failed':
      return sentences('Failed, still open.', reason, revokedText(record), NEXT_STEP);
    case 'could-not-tell':
      return sentences(
        'Portcullis could not tell whether this is closed; take it for open.',
        reason,
        revokedText(record),
        NEXT_STEP,
      );
  }
}

const NEXT_STEP = 'When the cause is gone, choose Close ingress again.';

function revokedText({ runs }: RemediationRecord): string {
  const revoked = runs
    .filter(({ step, end }) => step.call === 'RevokeSecurityGroupIngress' && end === 'effect-seen')
    .flatMap(({ step }) => step.rules);
  return revoked.length === 0 ? '' : `Revoked: ${renderRules(revoked)}.`;
}

function wouldRevokeText({ plan }: RemediationRecord): string {
  const revoked = (plan?.steps ?? [])
    .filter(({ call }) => call === 'RevokeSecurityGroupIngress')
    .flatMap(({ rules }) => rules);
  return revoked.length === 0 ? '' : `It would revoke: ${renderRules(revoked)}.`;
}

function stillOpenText({ after }: RemediationRecord): string {
  if (after === undefined) return '';
  return `Open to the internet: ${describeOpenness(after) ?? 'nothing'}.`;
}

const RULES_SHOWN = 4;

function renderRules(rules: readonly SecurityGroupRule[]): string {
  const shown = rules.slice(0, RULES_SHOWN).map(renderRule).join(', ');
  return rules.length > RULES_SHOWN ? `${shown} and ${String(rules.length - RULES_SHOWN)} more` : shown;
}

function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

function asSentence(text: string | undefined): string {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' || /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
