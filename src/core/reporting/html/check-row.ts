import type { KnownRemediation } from '../known-remediation';
import type { WordedChange } from '../../planning/word-change';
import { renderDuration } from '../durations';
import { secondsOpen, type ReportRow } from '../report-row';
import { severityRank } from '../severity';
import { isExcepted } from '../tally';
import { html, trustedHtml, type Html } from './html';
import { STATUS_LABELS } from './status-labels';
import { renderDay, renderTime } from './time';

/** `report.js` draws the same from `checks-data.ts`, element by element. */
export function renderCheckRow(row: ReportRow, generatedMillis: number): Html {
  const { target } = row;
  const open = secondsShown(row, generatedMillis);
  return html`<tr>
    <td>
      <span class="chip chip-${row.status}">${labelOf(row)}</span>
    </td>
    <td title="${row.controlTitle}">${row.control}</td>
    <td>
      <span class="id">${target.id}</span>
      ${row.resourceName === undefined ? undefined : html`<bdi class="about">${row.resourceName}</bdi>`}
      <span class="about place">${target.account} · ${target.region}</span>
    </td>
    <td>
      <span class="severity severity-${severityRank(row.severity)}">${row.severity.toLowerCase()}</span>
    </td>
    <td class="time">${renderTime(row.firstSeenAt)}</td>
    <td class="time">
      ${open === undefined ? html`<span class="zero">–</span>` : renderDuration(open)} ${renderDue(row)}
    </td>
    <td class="story">${renderStory(row)}</td>
  </tr>`;
}

/** Closed ones: how long it took. Unresolved ones: until now. */
export function secondsShown(row: ReportRow, generatedMillis: number): number | undefined {
  return row.secondsFromFirstSeenToClosed ?? secondsOpen(row, generatedMillis);
}

function renderDue({ dueAt, isOverdue }: ReportRow): Html | undefined {
  if (dueAt === undefined) return undefined;
  return html`<span class="about${isOverdue ? ' overdue' : ''}">${dueWords(isOverdue)} ${renderDay(dueAt)}</span>`;
}

function dueWords(isOverdue: boolean): string {
  return isOverdue ? 'overdue since' : 'due';
}

/** How a check stands, in the words of the page. */
export function labelOf(row: ReportRow): string {
  const { status, reopenedAt, isWaiting } = row;
  if (isWaiting) return 'Open, waiting';
  if (isExcepted(row)) return 'Excepted';
  return reopenedAt === undefined || status !== 'open' ? STATUS_LABELS[status].label : 'Open again';
}

function renderStory(row: ReportRow): Html {
  const { remediation } = row;
  if (remediation === undefined) return html`<p>${row.reason}</p>`;
  const before = wordHistory(row);
  const { decidedBy, startedAt, remediationId } = remediation;
  const facts = [
    html`${decidedBy}`,
    ...(startedAt === undefined ? [] : [renderTime(startedAt)]),
    ...(row.secondsFromDecisionToClosed === undefined
      ? []
      : [html`closed in ${renderDuration(row.secondsFromDecisionToClosed)}`]),
    html`<span class="id">${remediationId}</span>`,
  ];
  return html`<p>${row.reason}</p>
    ${CHANGES.flatMap(([done, label]) =>
      renderChanges(
        label,
        remediation.changes.filter((change) => change.done === done),
      ),
    )}
    ${renderKnown(remediation)}
    <p class="about">${trustedHtml(facts.join(' · '))}</p>
    ${before === undefined ? undefined : html`<p class="about">${before}</p>`}`;
}

/** As many earlier remediations as fit a line; the CSV has them all. */
const BEFORE = 4;

/** What came before the latest remediation, the latest first: `Before: closed 2026-11-02 by ana, undone …`. */
export function wordHistory({ history, remediation }: ReportRow): string | undefined {
  if (history.length === 0) return undefined;
  const before = history.filter(({ remediationId }) => remediationId !== remediation?.remediationId);
  if (before.length === 0) return undefined;
  const past = before
    .slice(0, BEFORE)
    .map(({ outcome, startedAt, decidedBy }) => `${outcome} ${startedAt.slice(0, 10)} by ${decidedBy}`);
  const left = before.length - BEFORE;
  return `Before: ${past.join(', ')}${left > 0 ? `, and ${String(left)} more` : ''}`;
}

export const CHANGES = [
  ['revoked', 'Revoked'],
  ['replaced', 'Replaced'],
  ['deleted', 'Deleted'],
  ['added', 'Added'],
] as const satisfies readonly (readonly [WordedChange['done'], string])[];

function renderKnown({ known, ownerMustChange }: KnownRemediation): readonly Html[] {
  return [
    ...(known === undefined || known === '' ? [] : [html`<p class="known">${known}</p>`]),
    ...(ownerMustChange.length === 0 ? [] : [html`<pre class="owner">${ownerMustChange.join('\n')}</pre>`]),
  ];
}

function renderChanges(label: string, changes: readonly WordedChange[]): readonly Html[] {
  if (changes.length === 0) return [];
  const line = html`<p class="rules">
    <span class="label">${label}</span> ${changes.map(({ words }) => html`<code>${words}</code> `)}
  </p>`;
  return [line];
}
