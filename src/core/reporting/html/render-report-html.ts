import { renderDuration } from '../durations';
import type { Report } from '../report';
import { renderCount } from '../render-count';
import { STATUSES, type Status } from '../check-status';
import { unresolved, type Tally } from '../tally';
import { renderStatusBar } from './bars';
import { renderChecksData } from './checks-data';
import { MAX_ROWS_IN_HTML, renderChecksTable } from './checks-table';
import { renderExceptions } from './exceptions-table';
import { renderGrants } from './grants-table';
import { renderTimes } from './how-long';
import { renderTime } from './time';
import { html, trustedHtml, type Html } from './html';
import { renderNotUnderstood, renderNotUnderstoodNotice } from './not-understood';
import { renderOtherControls, renderOtherControlsNotice } from './other-controls';
import type { PageAssets } from './page-assets';
import { STATUS_LABELS } from './status-labels';
import { renderControlTable, renderRequirementTable, renderStandardTable, renderTallyTable } from './tally-tables';
import { renderTrend } from './trend';

// Nothing may be loaded, sent or run but the one script: the file holds text that strangers wrote.
function policyFor(scriptHash: string): string {
  return `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${scriptHash}'; base-uri 'none'; form-action 'none'`;
}

/** One file that needs nothing else: it can be mailed, archived and printed. In chunks, for it may be long. */
export function* renderReportHtml(report: Report, assets: PageAssets): Generator<string> {
  yield `<!doctype html>\n${String(renderPage(report, assets))}\n`;
  yield '<script type="application/json" id="checks-data">';
  yield* renderChecksData(report.rows.slice(0, MAX_ROWS_IN_HTML), report.generatedAt);
  // Exactly the hashed text: not one blank more between the tags.
  yield `</script>\n<script>${assets.script}</script>\n</body>\n</html>\n`;
}

function renderPage(report: Report, { styles, scriptHash }: PageAssets): Html {
  return html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content="${trustedHtml(policyFor(scriptHash))}" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="referrer" content="no-referrer" />
      <title>Open ingress: report of ${report.generatedAt.slice(0, 10)}</title>
      <style>
        ${trustedHtml(styles)}
      </style>
    </head>
    <body>
      <header class="top">
        ${MARK}
        <div>
          <h1>Open ingress</h1>
          <p class="meta">
            ${renderTime(report.generatedAt)} UTC · ${report.source} · ${plural(report.findingCount, 'finding')},
            ${plural(report.closingCount, 'closing')}${report.undoCount > 0 ? `, ${plural(report.undoCount, 'undo')}` : ''}
          </p>
        </div>
      </header>
      <main>
        ${renderSummary(report)} ${renderTrend(report)} ${renderControlTable(report)} ${renderTimes(report)}
        <h2>Where and how grave</h2>
        <div class="columns">
          ${renderTallyTable('By account', report.byAccount)} ${renderTallyTable('By Region', report.byRegion)}
          ${renderTallyTable('By severity', report.bySeverity)}
          ${
            report.byOrganizationalUnit.length === 0
              ? undefined
              : renderTallyTable('By organizational unit', report.byOrganizationalUnit)
          }
        </div>
        ${renderStandardTable(report)} ${renderRequirementTable(report)} ${renderExceptions(report)}
        ${renderGrants(report)} ${renderChecksTable(report)} ${renderOtherControls(report)}
        ${renderNotUnderstood(report)} ${renderWords()}
      </main>
      <footer>Made by Portcullis from Security Hub findings and its own ledger. All times are UTC.</footer>
    </body>
  </html>`;
}

const MARK = html`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
  <path d="M3 21V10a9 9 0 0 1 18 0v11M8 5v13l-1 2M12 3v15l0 2.5M16 5v13l1 2M4 10h16M4 15h16" />
</svg>`;

function renderSummary(report: Report): Html {
  const { overall } = report;
  return html`<section class="card summary" aria-label="Summary">
    <p class="sentence">${summarySentence(report)}</p>
    ${renderStatusBar(overall, overall.total)}
    <ul class="tiles">
      ${STATUSES.map((status) => renderTile(status, overall.byStatus[status], aboutStatus(status, overall)))}
    </ul>
    ${renderLate(report)} ${renderPolicy(report)}
    ${report.remarks.map((remark) => html`<p class="notice"><strong>${remark}</strong></p>`)}
    ${renderOtherControlsNotice(report)} ${renderNotUnderstoodNotice(report)}
  </section>`;
}

function summarySentence({ overall }: Report): Html {
  const { median } = overall.secondsFromDecisionToClosed;
  if (overall.total === 0) return html`No finding or remediation of a control that Portcullis closes.`;
  const needing = unresolved(overall);
  const { closed } = overall.byStatus;
  const first =
    needing === 0
      ? html`<strong>Nothing is open.</strong> ${plural(overall.total, 'check')} looked at`
      : html`<strong>${renderCount(needing)} of ${plural(overall.total, 'check')}</strong>
          ${needing === 1 ? 'is' : 'are'} unresolved`;
  if (closed === 0) return html`${first}; none is closed yet.${renderScore(overall)}`;
  const speed = median === undefined ? '' : `, in the median ${renderDuration(median)} after the decision`;
  return html`${first}; <strong>${renderCount(closed)}</strong> ${closed === 1 ? 'is' : 'are'} closed and read
    back${speed}.${renderScore(overall)}`;
}

function renderScore({ score }: Tally): Html | undefined {
  return score === undefined ? undefined : html` Score: <strong>${score} %</strong> of controls pass.`;
}

function renderLate({ overall, due }: Report): Html | undefined {
  if (overall.overdue === 0) return undefined;
  const days = Object.entries(due).map(([severity, count]) => `${severity.toLowerCase()} ${String(count)} days`);
  return html`<p class="notice">
    <strong>${renderCount(overall.overdue)}</strong> ${overall.overdue === 1 ? 'is' : 'are'} overdue, and come first in
    <a href="#checks" data-due="overdue">the table of checks</a>. Due: ${days.join(', ')} after it was open.
  </p>`;
}

function renderPolicy({ policy, overall }: Report): Html | undefined {
  if (policy === undefined || unresolved(overall) === 0) return undefined;
  const { auto, ask, notify, ignore } = policy;
  return html`<p class="notice">
    If the policy were on, it would close <strong>${renderCount(auto)}</strong> of what is open by itself, ask about
    ${renderCount(ask)}, notify of ${renderCount(notify)} and leave ${renderCount(ignore)}.
  </p>`;
}

/** What stands beside a count: none of them is a status of its own. */
function aboutStatus(status: Status, { waiting, reopened, closedByItself, excepted }: Tally): readonly string[] {
  const labelled = (count: number, words: string) => (count === 0 ? [] : [`${renderCount(count)} ${words}`]);
  if (status === 'open') return [...labelled(waiting, 'waiting for a person'), ...labelled(reopened, 'open again')];
  if (status === 'closed') return labelled(closedByItself, 'by itself');
  return status === 'suppressed' ? labelled(excepted, 'by an exception') : [];
}

function renderTile(status: Status, count: number, about: readonly string[]): Html {
  const { label } = STATUS_LABELS[status];
  return html`<li class="${count === 0 ? 'none' : ''}">
    <a href="#checks" data-show="${count === 0 ? '' : status}">
      <span class="value">${renderCount(count)}</span>
      <span class="key"><span class="swatch fill-${status}"></span>${label}</span>
      ${about.map((words) => html`<span class="about">${words}</span>`)}
    </a>
  </li>`;
}

function renderWords(): Html {
  return html`<section aria-labelledby="words">
    <h2 id="words">What the words mean</h2>
    <dl class="words card">
      ${STATUSES.map(
        (status) =>
          html`<dt><span class="chip chip-${status}">${STATUS_LABELS[status].label}</span></dt>
            <dd>${STATUS_LABELS[status].meaning}</dd>`,
      )}
    </dl>
  </section>`;
}

function plural(count: number, word: string): string {
  return `${renderCount(count)} ${word}${count === 1 ? '' : 's'}`;
}
