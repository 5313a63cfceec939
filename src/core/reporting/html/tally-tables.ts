import type { ControlId } from '../../controls/control-id';
import { renderDuration } from '../durations';
import { renderCount } from '../render-count';
import type { Report } from '../report';
import { STATUSES, type Status } from '../standing';
import { unsettled, type Tally } from '../tally';
import { renderStatusBar } from './bars';
import { html, type Html } from './html';
import { STATUS_LABELS } from './status-labels';

export function renderControlTable(report: Report): Html {
  const titles = new Map<string, string>(
    report.rows.map((row): [ControlId, string] => [row.control, row.controlTitle]),
  );
  const used = STATUSES.filter((status) => report.overall.byStatus[status] > 0);
  return html`<section aria-labelledby="by-control">
    <h2 id="by-control">By control</h2>
    <section class="card scroll" tabindex="0" aria-label="Table of controls">
      <table class="tally">
        <thead>
          <tr>
            <th scope="col">Control</th>
            <th scope="col" class="wide"><span class="visually-hidden">Share</span></th>
            ${used.map((status) => html`<th scope="col" class="number">${STATUS_LABELS[status].label}</th>`)}
            <th scope="col" class="number">Median time to close</th>
          </tr>
        </thead>
        <tbody>
          ${report.byControl.map(
            (one) =>
              html`<tr>
                <th scope="row">
                  <span class="name">${one.name}</span>
                  <span class="about">${titles.get(one.name)}</span>
                </th>
                <td class="wide">${renderStatusBar(one, longest(report.byControl))}</td>
                ${used.map((status) => renderCell(one.byStatus[status], status))}
                <td class="number">${renderMedian(one)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
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
          <th scope="col">Not settled</th>
        </tr>
      </thead>
      <tbody>
        ${shown.map(
          (one) =>
            html`<tr>
              <th scope="row"><span class="name">${one.name}</span></th>
              <td class="wide">${renderStatusBar(one, longest(tallies))}</td>
              <td class="number">
                ${renderCount(unsettled(one))} <span class="of">of ${renderCount(one.total)}</span>
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

function renderMedian({ medianSecondsToClosed }: Tally): Html {
  return medianSecondsToClosed === undefined
    ? html`<span class="zero">–</span>`
    : html`${renderDuration(medianSecondsToClosed)}`;
}

function longest(tallies: readonly Tally[]): number {
  return Math.max(...tallies.map(({ total }) => total), 0);
}
