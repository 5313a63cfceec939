import { renderCount } from '../render-count';
import type { Report } from '../report';
import type { ReportRow } from '../report-row';
import { STATUSES } from '../standing';
import { renderCheckRow } from './check-row';
import { html, type Html } from './html';
import { STATUS_LABELS } from './status-labels';

/** A browser sorts and filters this many at once without a pause; the CSV has them all. */
export const MAX_ROWS_IN_HTML = 5_000;

const COLUMNS = ['Status', 'Control', 'Resource', 'Severity', 'First seen', 'Open for', 'What happened'] as const;

export function renderChecksTable(report: Report): Html {
  const shown = report.rows.slice(0, MAX_ROWS_IN_HTML);
  const left = report.rows.length - shown.length;
  return html`<section aria-labelledby="checks">
    <h2 id="checks">Every check</h2>
    <p class="lead">
      One line a control and resource: its latest finding and its latest remediation.
      ${
        left > 0
          ? html`<strong
              >The ${renderCount(shown.length)} most urgent of ${renderCount(report.rows.length)} are shown here;
              findings.csv has all.</strong
            >`
          : undefined
      }
    </p>
    ${renderFilters(shown)}
    <section class="card scroll" tabindex="0" aria-label="Table of checks">
      <table class="checks" id="checks-table">
        <thead>
          <tr>
            ${COLUMNS.map((name) => html`<th scope="col" aria-sort="none">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${shown.map((row) => renderCheckRow(row, report.generatedAt))}
        </tbody>
      </table>
      <p class="nothing" hidden>No check matches these filters.</p>
    </section>
  </section>`;
}

/** Hidden until the script is there to answer them. */
function renderFilters(rows: readonly ReportRow[]): Html {
  return html`<form class="filters" id="filters" hidden>
    <label class="search">
      Search
      <input type="search" name="text" placeholder="sg-0a1b…, rule, person, reason" autocomplete="off" />
    </label>
    ${renderSelect(
      'Status',
      'status',
      STATUSES.filter((status) => rows.some((row) => row.status === status)).map((status) => [
        status,
        STATUS_LABELS[status].label,
      ]),
    )}
    ${renderSelect(
      'Control',
      'control',
      distinct(rows, (row) => row.control),
    )}
    ${renderSelect(
      'Account',
      'account',
      distinct(rows, (row) => row.target.account),
    )}
    ${renderSelect(
      'Region',
      'region',
      distinct(rows, (row) => row.target.region),
    )}
    ${renderSelect(
      'Severity',
      'severity',
      distinct(rows, (row) => row.severity),
    )}
    <button type="reset">Clear</button>
    <output id="shown" aria-live="polite">${renderCount(rows.length)} of ${renderCount(rows.length)}</output>
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

function distinct(
  rows: readonly ReportRow[],
  valueOf: (row: ReportRow) => string,
): readonly (readonly [string, string])[] {
  return [...new Set(rows.map(valueOf))]
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((value) => [value, value]);
}
