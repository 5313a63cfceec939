import { renderDuration, type Spread } from '../durations';
import type { Report } from '../report';
import { secondsOpen } from '../report-row';
import { renderHistogram } from './histogram';
import { html, type Html } from './html';

/** How long checks have been open, and how long it took from first seen and from decision to closed. */
export function renderTimes(report: Report): Html {
  const { secondsFromFirstSeenToClosed, secondsFromDecisionToClosed } = report.overall;
  const { openNow, sinceFirstSeen, sinceDecision } = secondsIn(report);
  const figures: readonly TimeFigure[] = [
    {
      title: 'Open until now',
      headline: openNow.length === 0 ? undefined : openNow.reduce((a, b) => Math.max(a, b)),
      about: 'the longest',
      chart: renderHistogram(openNow, 'Unresolved checks by how long they have been open', 'open'),
    },
    {
      title: 'From first seen to closed',
      headline: secondsFromFirstSeenToClosed.median,
      about: aboutSpread(secondsFromFirstSeenToClosed),
      chart: renderHistogram(sinceFirstSeen, 'Closed checks by time from first seen to closed', 'closed'),
    },
    {
      title: 'From decision to closed',
      headline: secondsFromDecisionToClosed.median,
      about: aboutSpread(secondsFromDecisionToClosed),
      chart: renderHistogram(sinceDecision, 'Closed checks by time from decision to closed', 'closed'),
    },
  ];
  return html`<section aria-labelledby="times">
    <h2 id="times">How long</h2>
    <div class="columns">${figures.map(renderTimeFigure)}</div>
  </section>`;
}

/** Of all rows, in one go. */
function secondsIn({ rows, generatedAt }: Report) {
  const now = Date.parse(generatedAt);
  const openNow: number[] = [];
  const sinceFirstSeen: number[] = [];
  const sinceDecision: number[] = [];
  for (const row of rows) {
    const open = secondsOpen(row, now);
    if (open !== undefined) openNow.push(open);
    if (row.status !== 'closed') continue;
    const { secondsFromFirstSeenToClosed, secondsFromDecisionToClosed } = row;
    if (secondsFromFirstSeenToClosed !== undefined) sinceFirstSeen.push(secondsFromFirstSeenToClosed);
    if (secondsFromDecisionToClosed !== undefined) sinceDecision.push(secondsFromDecisionToClosed);
  }
  return { openNow, sinceFirstSeen, sinceDecision };
}

interface TimeFigure {
  readonly title: string;
  /** Undefined when nothing was counted. */
  readonly headline: number | undefined;
  readonly about: string;
  readonly chart: Html;
}

function renderTimeFigure({ title, headline, about, chart }: TimeFigure): Html {
  return html`<section class="card figure">
    <h3>${title}</h3>
    ${
      headline === undefined
        ? html`<p class="big zero">none</p>`
        : html`<p class="big">${renderDuration(headline)}</p>
            <p class="about">${about}</p>`
    }
    ${chart}
  </section>`;
}

function aboutSpread({ p90 }: Spread): string {
  return p90 === undefined ? '' : `median; nine of ten within ${renderDuration(p90)}`;
}
