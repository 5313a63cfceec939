import { CONTROL_IDS } from '../../controls/control-id';
import { controlOf } from '../../controls/control-registry';
import { renderDuration } from '../durations';
import { renderCount } from '../render-count';
import type { Report } from '../report';
import { STATUSES, type Status } from '../check-status';
import { percentOf, unresolved, type Tally } from '../tally';
import { renderStatusBar } from './bars';
import { html, type Html } from './html';
import { STATUS_LABELS } from './status-labels';

/** A longer table says nothing more; the CSV has them all. */
const SHOWN = 40;

/** The table by control. */
export function renderControlTable(report: Report): Html {
  const titles = new Map<string, string>(CONTROL_IDS.map((id) => [id, controlOf(id).title]));
  return renderWideTable({ id: 'by-control', what: 'Control', tallies: report.byControl, report, titles });
}

/** The table by standard; nothing where no finding names one. */
export function renderStandardTable(report: Report): Html | undefined {
  if (report.byStandard.length === 0) return undefined;
  return renderWideTable({ id: 'by-standard', what: 'Standard', tallies: report.byStandard, report });
}

/** The table by requirement; nothing where no finding names one. */
export function renderRequirementTable(report: Report): Html | undefined {
  if (report.byRequirement.length === 0) return undefined;
  return renderWideTable({ id: 'by-requirement', what: 'Requirement', tallies: report.byRequirement, report });
}

interface WideTable {
  readonly id: string;
  readonly what: string;
  readonly tallies: readonly Tally[];
  readonly report: Report;
  readonly titles?: ReadonlyMap<string, string>;
}

function renderWideTable({ id, what, tallies, report, titles }: WideTable): Html {
  const used = STATUSES.filter((status) => report.overall.byStatus[status] > 0);
  const left = tallies.length - SHOWN;
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">By ${what.toLowerCase()}</h2>
    <section class="card scroll" tabindex="0" aria-label="Table of ${what.toLowerCase()}s">
      <table class="tally">
        <thead>
          <tr>
            <th scope="col">${what}</th>
            <th scope="col" class="wide"><span class="visually-hidden">Share</span></th>
            ${used.map((status) => html`<th scope="col" class="number">${STATUS_LABELS[status].label}</th>`)}
            <th scope="col" class="number">Overdue</th>
            <th scope="col" class="number">Checks that pass</th>
            <th scope="col" class="number">Median time to close</th>
          </tr>
        </thead>
        <tbody>
          ${tallies.slice(0, SHOWN).map(
            (one) =>
              html`<tr>
                <th scope="row">
                  <bdi class="name">${one.name}</bdi>
                  ${titles === undefined ? undefined : html`<span class="about">${titles.get(one.name)}</span>`}
                </th>
                <td class="wide">${renderStatusBar(one, longest(tallies))}</td>
                ${used.map((status) => renderCell(one.byStatus[status], status))} ${renderCell(one.overdue, 'failed')}
                <td class="number">${renderShare(one)}</td>
                <td class="number">${renderMedian(one)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${left > 0 ? html`<p class="nothing">and ${renderCount(left)} more, in the CSV</p>` : undefined}
    </section>
  </section>`;
}

/** A small table for one way of dividing the rows; the long tail of accounts is summed up. */
export function renderTallyTable(title: string, tallies: readonly Tally[]): Html {
  const shown = tallies.slice(0, 12);
  const rest = tallies.slice(12);
  return html`<section class="card">
    <h3>${title}</h3>
    <table class="tally small">
      <thead class="visually-hidden">
        <tr>
          <th scope="col">${title}</th>
          <th scope="col">Share</th>
          <th scope="col">Unresolved</th>
        </tr>
      </thead>
      <tbody>
        ${shown.map(
          (one) =>
            html`<tr>
              <th scope="row"><span class="name">${one.name}</span></th>
              <td class="wide">${renderStatusBar(one, longest(tallies))}</td>
              <td class="number">
                ${renderCount(unresolved(one))} <span class="of">of ${renderCount(one.total)}</span>
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${
      rest.length === 0
        ? undefined
        : html`<p class="about">
            and ${renderCount(rest.length)} more with ${renderCount(rest.reduce((sum, one) => sum + one.total, 0))}
            checks
          </p>`
    }
  </section>`;
}

function renderCell(count: number, status: Status): Html {
  return count === 0
    ? html`<td class="number zero">0</td>`
    : html`<td class="number"><span class="text-${status}">${renderCount(count)}</span></td>`;
}

function renderShare({ passing, counted }: Tally): Html {
  const percent = percentOf(passing, counted);
  return percent === undefined ? html`<span class="zero">–</span>` : html`${percent} %`;
}

function renderMedian({ secondsFromFirstSeenToClosed: { median } }: Tally): Html {
  return median === undefined ? html`<span class="zero">–</span>` : html`${renderDuration(median)}`;
}

function longest(tallies: readonly Tally[]): number {
  return tallies.reduce((most, { total }) => Math.max(most, total), 0);
}
