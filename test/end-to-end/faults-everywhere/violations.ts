import { fetchOthers, toLineText, type Line } from './ec2-snapshot';
import { fetchReach, findOpened } from './find-opened';
import { isOpen } from './is-open';
import type { RemediationRecord } from '../../../src/core/ledger/remediation-record';
import type { Stage } from './stage';
import type { Subject } from './subject';
import { fetchTraces } from './traces';

export const VIOLATION_KINDS = [
  'resolved-but-open',
  'outside-the-plan',
  'not-undone',
  'lost',
  'stuck',
  'never-at-rest',
  'decided-by-nobody',
  'decided-twice',
  'open-past-its-end',
  'sent-twice',
  'never-sent',
] as const;

export interface Violation {
  readonly kind: (typeof VIOLATION_KINDS)[number];
  readonly detail: string;
}

/** No finding is RESOLVED whose target is open. */
export async function findLies(stage: Stage, { target }: Subject, findingIds: readonly string[]): Promise<Violation[]> {
  const lies: Violation[] = [];
  for (const id of findingIds) {
    const { Workflow, Compliance, Note } = await stage.findings.findingOf(id);
    if (Workflow?.Status !== 'RESOLVED') continue;
    const control = Compliance?.SecurityControlId ?? '';
    if (await isOpen(stage, target, control)) {
      lies.push({ kind: 'resolved-but-open', detail: `${control} is RESOLVED: ${Note?.Text ?? ''}` });
    }
  }
  return lies;
}

/**
 * Nothing is touched but what a plan may touch: what stays without a fault stays as it is, what is new stands in the
 * plan of some record, nothing is reachable that was not at first, and every other resource is as it was.
 *
 * @param after the lines that a faultless run leaves
 * @param forgotten records that the ledger has lost since
 */
export async function findStrayChanges(
  stage: Stage,
  { target, original, originalReach, before, others }: Subject,
  after: readonly Line[],
  forgotten: readonly RemediationRecord[] = [],
): Promise<Violation[]> {
  const details: string[] = [];
  const { lines, records } = await fetchTraces(stage, target, []);
  const kept = textsOf(after);
  const planned = [...records, ...forgotten].flatMap(({ plan, runs }) => [
    ...(plan?.steps ?? []),
    ...runs.map(({ step }) => step),
  ]);
  const allowed = new Set([
    ...[...textsOf(original), ...textsOf(before.lines), ...kept],
    ...planned.flatMap(({ rules }) => rules.map((rule) => untagged(toLineText(rule, target)))),
  ]);
  for (const line of before.lines) {
    if (kept.has(line.text) && !lines.some((now) => now.id === line.id && now.text === line.text)) {
      details.push(`gone or changed: ${line.id} ${line.text}`);
    }
  }
  for (const { text } of lines) {
    if (!allowed.has(text) && !allowed.has(untagged(text))) details.push(`in no plan: ${text}`);
  }
  const opened = findOpened(originalReach, await fetchReach(stage, target));
  if (opened !== undefined) details.push(`opened: ${opened}`);
  const now = await fetchOthers(stage, target);
  for (const [id, text] of others) if (now.get(id) !== text) details.push(`another resource changed: ${id}`);
  for (const id of now.keys()) if (!others.has(id)) details.push(`another resource is new: ${id}`);
  return details.map((detail) => ({ kind: 'outside-the-plan', detail }));
}

/** Runbooks put a tag on what they authorize, which plans do not name. */
function untagged(text: string): string {
  return text.replace(/,?\["portcullis:remediation","rem-\*"\]/, '');
}

function textsOf(lines: readonly Line[]): ReadonlySet<string> {
  return new Set(lines.map(({ text }) => text));
}

export function sameTexts(a: readonly Line[], b: readonly Line[]): boolean {
  return JSON.stringify(a.map(({ text }) => text)) === JSON.stringify(b.map(({ text }) => text));
}
