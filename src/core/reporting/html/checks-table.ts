import { renderCount } from '../render-count';
import type { Report } from '../report';
import { STATUSES } from '../check-status';
import type { Tally } from '../tally';
import { renderCheckRow } from './check-row';
import { html, type Html } from './html';
import { STATUS_LABELS } from './status-labels';

/** As many as a browser holds without trouble, about 20 MB; the CSV has them all. */
export const MAX_ROWS_IN_HTML = 200_000;

/** As many are on the page at a time; the script shows the others. */
export const ROWS_A_PAGE = 100;

const COLUMNS = ['Status', 'Control', 'Resource', 'Severity', 'First seen', 'Open for', 'What happened'] as const;

/** The table of all checks, with its search. */
export function renderChecksTable(report: Report): Html {
  const { rows, generatedAt } = report;
  const held = Math.min(rows.length, MAX_ROWS_IN_HTML);
  const shown = rows.slice(0, ROWS_A_PAGE);
  return html`<section aria-labelledby="checks">
    <h2 id="checks">Every check</h2>
    <p class="lead">
      One line a control and resource: its latest finding and its latest remediation.
      ${
        held < rows.length
          ? html`<strong
              >The ${renderCount(held)} most urgent of ${renderCount(rows.length)} are here; findings.csv has
              all.</strong
            >`
          : undefined
      }
    </p>
    ${
      shown.length < rows.length
        ? html`<noscript>
            <p class="lead">
              Without scripts these are the ${renderCount(shown.length)} most urgent of ${renderCount(rows.length)};
              findings.csv has all.
            </p>
          </noscript>`
        : undefined
    }
    ${renderFilters(report, held)}
    <section class="card scroll" tabindex="0" aria-label="Table of checks">
      <table class="checks" id="checks-table">
        <thead>
          <tr>
            ${COLUMNS.map((name) => html`<th scope="col" aria-sort="none">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${[...shown].map((row) => renderCheckRow(row, Date.parse(generatedAt)))}
        </tbody>
      </table>
      <p class="nothing" hidden>No check matches these filters.</p>
    </section>
    <nav class="pages" id="pages" aria-label="Pages of the table of checks" hidden>
      <button type="button" data-step="-1">Previous ${ROWS_A_PAGE}</button>
      <span id="page"></span>
      <button type="button" data-step="1">Next ${ROWS_A_PAGE}</button>
    </nav>
  </section>`;
}

/** Hidden until the script is there to answer them. */
function renderFilters(report: Report, held: number): Html {
  const { byStatus } = report.overall;
  return html`<form class="filters" id="filters" hidden>
    <label class="search">
      Search
      <input type="search" name="text" placeholder="sg-0a1b…, rule, person, reason" autocomplete="off" />
    </label>
    ${renderSelect(
      'Status',
      'status',
      STATUSES.filter((status) => byStatus[status] > 0).map((status) => [status, STATUS_LABELS[status].label]),
    )}
    ${renderSelect('Control', 'control', namesOf(report.byControl))}
    ${renderSelect('Account', 'account', namesOf(report.byAccount))}
    ${renderSelect('Region', 'region', namesOf(report.byRegion))}
    ${renderSelect('Severity', 'severity', namesOf(report.bySeverity))}
    <label>
      Due
      <select name="due">
        <option value="">All</option>
        <option value="overdue">Overdue</option>
      </select>
    </label>
    <button type="reset">Clear</button>
    <output id="shown" aria-live="polite">${renderCount(held)} of ${renderCount(held)}</output>
  </form>`;
}

function renderSelect(label: string, name: string, options: readonly (readonly [string, string])[]): Html {
  return html`<label>
    ${label}
    <select name="${name}">
      <option value="">All</option>
      ${options.map(([value, text]) => html`<option value="${value}">${text}</option>`)}
    </select>
  </label>`;
}

function namesOf(tallies: readonly Tally[]): readonly (readonly [string, string])[] {
  return tallies
    .map(({ name }) => name)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => [name, name]);
}
