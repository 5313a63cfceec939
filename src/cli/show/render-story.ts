import { listContext } from '../../core/context/describe-context';
import { describeOwnersChange } from '../../core/context/iac/describe-owners-change';
import { describeGroups, describeIsolationRun } from '../../core/isolation/describe-isolation';
import { isCertified } from '../../core/ledger/has-certificate';
import { changesOfRun } from '../../core/ledger/changes-made';
import type { RemediationRecord, RunbookRunRecord, RunEnd } from '../../core/ledger/remediation-record';
import type { RecordedGrant } from '../../core/grants/grant';
import { rulesOf } from '../../core/ledger/rules-of';
import { isEntry, renderEntry } from '../../core/network/network-acl-entry';
import { renderRule } from '../../core/network/rule-source';
import { CALLS } from '../../core/planning/calls';
import { withRuleId, wordChange } from '../../core/planning/word-change';
import type { Question } from '../../core/questions/question';
import { targetArn } from '../../core/target';
import type { ResourceRule } from '../../core/ledger/remediation-record';
import { describeState } from '../questions/render-question';
import { printableTexts, type Colors } from '../terminal';

interface Happening {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly what: string;
}

/**
 * A remediation as a timeline, with what was there before and after it. Texts of others cannot pass for lines of it.
 */
export function renderStory(
  record: RemediationRecord,
  related: readonly RemediationRecord[],
  colors: Colors,
  question?: Question,
): string {
  return renderPrintable(printableTexts(record), printableTexts(related), colors, printableTexts(question));
}

/** @param question the one that it left, as it stands now */
function renderPrintable(
  record: RemediationRecord,
  related: readonly RemediationRecord[],
  { bold, dim }: Colors,
  question: Question | undefined,
): string {
  const { remediationId, action, target, outcome, reason = '', decidedBy, findings, context, before, after } = record;
  const happenings = [...happeningsOf(record), ...related.map(toHappening)].sort((a, b) => a.at.localeCompare(b.at));
  return [
    `${bold(remediationId)}  ${action} of ${targetArn(target)}`,
    `${outcome}${reason === '' ? '' : `: ${reason}`}`,
    `decided by ${decidedBy}`,
    ...(record.answer?.comment === undefined ? [] : [`comment: ${record.answer.comment}`]),
    ...(record.grant === undefined ? [] : [grantText(record.grant)]),
    ...(question === undefined ? [] : [`question ${question.questionId}: ${describeState(question)}`]),
    ...findings.map(({ control, id }) => dim(control === undefined ? id : `${control}  ${id}`)),
    '',
    ...happenings.map(({ at, what }) => `${dim(at)}  ${what}`),
    ...(context === undefined ? [] : ['', bold('what was known'), ...listContext(context).map((line) => `  ${line}`)]),
    ...linesText('what its owner must change', describeOwnersChange(record), bold),
    ...isolationText(record, bold),
    ...rulesText('before', before && rulesOf(before), bold),
    ...rulesText('after', after, bold),
    ...findings.flatMap(({ previousNote: note }) =>
      note ? ['', `${bold('note that was replaced')} (${note.updatedBy}, ${note.updatedAt}): ${note.text}`] : [],
    ),
  ].join('\n');
}

function happeningsOf({
  action,
  startedAt,
  runs,
  finishedAt,
  outcome,
  notUpdated = [],
  before,
  isolation,
}: RemediationRecord): readonly Happening[] {
  return [
    { at: startedAt, what: 'started' },
    ...runs.map((run) => ({ at: run.startedAt, what: runText(run, before) })),
    ...(isolation?.runs ?? []).map((run) => ({ at: run.startedAt, what: describeIsolationRun(run) })),
    ...(finishedAt === undefined
      ? []
      : [
          {
            at: finishedAt,
            what: `${isCertified(action) ? 'read back' : 'looked at'}: ${outcome}`,
          },
        ]),
    ...(finishedAt === undefined
      ? []
      : notUpdated.map(({ id, reason }) => ({ at: finishedAt, what: `not updated: ${id}: ${reason}` }))),
  ];
}

const ENDS: Readonly<Record<RunEnd, string>> = {
  'effect-seen': 'done, and seen in the rules',
  'rules-changed': 'not done, the rules had changed',
  failed: 'refused, nothing changed',
  'no-effect': 'no effect',
  unknown: 'not known whether it was done',
};

function runText(run: RunbookRunRecord, before: RemediationRecord['before']): string {
  const { step, end, executionId } = run;
  const changes = changesOfRun(run, before).map(wordChange).map(withRuleId);
  const execution = executionId === undefined ? '' : `, runbook execution ${executionId}`;
  return `${CALLS[step.call].verb} ${changes.join(', ')}: ${ENDS[end ?? 'unknown']} (${step.call}${execution})`;
}

const RELATED: ReadonlyMap<string, string> = new Map([
  ['undo', 'undo'],
  ['isolate', 'the isolation that it takes back'],
  ['grant', 'the grant'],
  ['end-grant', 'the end of the grant'],
]);

function toHappening({
  startedAt,
  remediationId,
  action,
  outcome,
  decidedBy,
  reason = '',
}: RemediationRecord): Happening {
  const what = RELATED.get(action) ?? 'the closing that it takes back';
  return { at: startedAt, what: `${what} ${remediationId}: ${outcome}. ${reason} Decided by: ${decidedBy}.` };
}

/** The groups of every interface; of an isolation, before is what its undo gives back. */
function isolationText({ isolation }: RemediationRecord, bold: Colors['bold']): readonly string[] {
  if (isolation === undefined) return [];
  const { before, after = [] } = isolation;
  return [
    ...linesText('groups before', before.map(describeGroups), bold),
    ...linesText('groups after', after.map(describeGroups), bold),
  ];
}

function grantText({ grantId, rule, by, reason, until }: RecordedGrant): string {
  return `grant ${grantId}: ${renderRule(rule)} until ${until}, for ${by}: ${reason}`;
}

function linesText(title: string, lines: readonly string[], bold: Colors['bold']): readonly string[] {
  return lines.length === 0 ? [] : ['', bold(title), ...lines.map((line) => `  ${line}`)];
}

function rulesText(title: string, rules: readonly ResourceRule[] | undefined, bold: Colors['bold']): readonly string[] {
  if (rules === undefined) return [];
  const lines = rules.map((rule) => `  ${ruleText(rule)}`);
  return ['', bold(title), ...(lines.length === 0 ? ['  (nothing)'] : lines)];
}

function ruleText(rule: ResourceRule): string {
  return isEntry(rule) ? renderEntry(rule) : renderRule(rule);
}
