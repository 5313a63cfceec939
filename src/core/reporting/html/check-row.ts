import type { KnownRemediation } from '../known-remediation';
import type { WordedChange } from '../../planning/word-change';
import { renderDuration } from '../durations';
import { secondsOpen, type ReportRow } from '../report-row';
import { severityRank } from '../severity';
import { html, trustedHtml, type Html } from './html';
import { STATUS_LABELS } from './status-labels';
import { renderTime } from './time';

/** `report.js` draws the same from `checks-data.ts`, element by element. */
export function renderCheckRow(row: ReportRow, generatedAt: string): Html {
  const { target } = row;
  const open = secondsShown(row, generatedAt);
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
    <td class="time">${open === undefined ? html`<span class="zero">–</span>` : renderDuration(open)}</td>
    <td class="story">${renderStory(row)}</td>
  </tr>`;
}

/** Closed ones: how long it took. Unsettled ones: until now. */
export function secondsShown(row: ReportRow, generatedAt: string): number | undefined {
  return row.secondsFromFirstSeenToClosed ?? secondsOpen(row, generatedAt);
}

/** How a check stands, in the words of the page. */
export function labelOf({ status, reopenedAt, isWaiting }: ReportRow): string {
  if (isWaiting) return 'Open, waiting';
  return reopenedAt === undefined || status !== 'open' ? STATUS_LABELS[status].label : 'Open again';
}

function renderStory(row: ReportRow): Html {
  const { remediation } = row;
  if (remediation === undefined) return html`<p>${row.reason}</p>`;
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
    <p class="about">${trustedHtml(facts.join(' · '))}</p>`;
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
