import { renderDuration } from '../durations';
import { renderCount } from '../render-count';
import type { Report } from '../report';
import type { TrendWeek } from '../trend';
import { html, type Html } from './html';

const WIDTH = 1000;
const HEIGHT = 150;
const TOP = 24;
/** Of a week's room; the rest keeps weeks apart. */
const BAR_SHARE = 0.36;
/** Fewer weeks would be drawn as wide as a page. */
const MIN_WEEKS = 8;
/** Beside the weeks: the label of the first and of the last reaches over its week. */
const MARGIN = 20;
/** Every label would touch the next. */
const LABELS = 9;

/** What was opened and closed, week by week, and how fast; undefined where nothing is known to have happened. */
export function renderTrend({ trend }: Report): Html | undefined {
  if (trend.length === 0) return undefined;
  return html`<section aria-labelledby="trend">
    <h2 id="trend">Week by week</h2>
    <section class="card">
      <ul class="legend">
        <li><span class="swatch fill-open"></span>opened</li>
        <li><span class="swatch fill-closed"></span>closed</li>
        <li><span class="swatch line"></span>open at the end of the week</li>
      </ul>
      ${renderChart(trend)}
      <details>
        <summary>The weeks in figures</summary>
        ${renderWeeks(trend)}
      </details>
      <p class="about">
        What others put right is in no week: Security Hub does not say when. Weeks begin on Monday, UTC.
      </p>
    </section>
  </section>`;
}

function renderChart(trend: readonly TrendWeek[]): Html {
  const room = WIDTH / Math.max(trend.length, MIN_WEEKS);
  const bar = room * BAR_SHARE;
  const highest = Math.max(1, ...trend.flatMap(({ opened, closed, openAtEnd }) => [opened, closed, openAtEnd]));
  const heightOf = (count: number) => (HEIGHT * count) / highest;
  const base = TOP + HEIGHT;
  const every = Math.ceil(trend.length / LABELS);
  const columns = trend.map(({ week, opened, closed }, index) => {
    const x = index * room + (room - 2 * bar) / 2;
    return html`${renderBar('open', x, bar, heightOf(opened), base, `Week of ${week}: ${renderCount(opened)} opened`)}
    ${renderBar('closed', x + bar + 1, bar, heightOf(closed), base, `Week of ${week}: ${renderCount(closed)} closed`)}
    ${index % every === 0 ? html`<text class="tick" x="${index * room + room / 2}" y="${base + 18}">${week}</text>` : undefined}`;
  });
  const points = trend.map(
    ({ openAtEnd }, index) => `${(index * room + room / 2).toFixed(1)},${(base - heightOf(openAtEnd)).toFixed(1)}`,
  );
  const last = trend.at(-1);
  const spoken = `Checks opened and closed by week. In the last one ${renderCount(last?.opened ?? 0)} were opened and ${renderCount(last?.closed ?? 0)} closed; ${renderCount(last?.openAtEnd ?? 0)} are open.`;
  return html`<svg
    class="histogram trend"
    viewBox="${-MARGIN} 0 ${WIDTH + 2 * MARGIN} ${base + 26}"
    role="img"
    aria-label="${spoken}"
  >
    ${columns}
    <line class="axis" x1="0" x2="${WIDTH}" y1="${base + 0.5}" y2="${base + 0.5}" />
    <polyline class="open-line" points="${points.join(' ')}" />
    <text class="tick most" x="2" y="12">${renderCount(highest)}</text>
  </svg>`;
}

function renderBar(
  fill: 'open' | 'closed',
  x: number,
  width: number,
  height: number,
  base: number,
  what: string,
): Html {
  const shown = height === 0 ? 0 : Math.max(2, height);
  return html`<rect
    class="fill-${fill}"
    x="${x.toFixed(1)}"
    y="${(base - shown).toFixed(1)}"
    width="${width.toFixed(1)}"
    height="${shown.toFixed(1)}"
  >
    <title>${what}</title>
  </rect>`;
}

function renderWeeks(trend: readonly TrendWeek[]): Html {
  const heads = ['Opened', 'Closed', 'Open again', 'Open at its end', 'First seen to closed', 'Decision to closed'];
  return html`<section class="scroll" tabindex="0" aria-label="Table of weeks">
    <table class="weeks">
      <thead>
        <tr>
          <th scope="col">Week of</th>
          ${heads.map((head) => html`<th scope="col" class="number">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${trend.toReversed().map(
          (week) =>
            html`<tr>
              <th scope="row">${week.week}</th>
              <td class="number">${renderCount(week.opened)}</td>
              <td class="number">${renderCount(week.closed)}</td>
              <td class="number">${renderCount(week.reopened)}</td>
              <td class="number">${renderCount(week.openAtEnd)}</td>
              <td class="number">${renderMedian(week.secondsFromFirstSeenToClosed.median)}</td>
              <td class="number">${renderMedian(week.secondsFromDecisionToClosed.median)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function renderMedian(median: number | undefined): Html {
  return median === undefined ? html`<span class="zero">–</span>` : html`${renderDuration(median)}`;
}
