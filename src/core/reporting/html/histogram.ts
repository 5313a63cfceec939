import { renderCount } from '../render-count';
import { html, type Html } from './html';

const BUCKETS = [
  { label: '< 1 min', below: 60 },
  { label: '< 10 min', below: 600 },
  { label: '< 1 h', below: 3_600 },
  { label: '< 1 d', below: 86_400 },
  { label: '< 7 d', below: 7 * 86_400 },
  { label: '< 30 d', below: 30 * 86_400 },
  { label: '≥ 30 d', below: Infinity },
] as const;

const COLUMN = 62;
const BAR = 40;
const HEIGHT = 110;
const TOP = 20;
const WIDTH = BUCKETS.length * COLUMN;

/** How many values fall into each span of time; `what` says what is counted, for those who cannot see it. */
export function renderHistogram(seconds: readonly number[], what: string, fill: 'closed' | 'open'): Html {
  const counts = BUCKETS.map(
    ({ below }, index) => seconds.filter((value) => value < below && value >= (BUCKETS[index - 1]?.below ?? 0)).length,
  );
  const highest = Math.max(...counts, 1);
  const spoken = BUCKETS.map(({ label }, index) => `${label}: ${renderCount(counts[index] ?? 0)}`).join(', ');
  const columns = BUCKETS.map(({ label }, index) => {
    const count = counts[index] ?? 0;
    const height = count === 0 ? 0 : Math.max(3, (HEIGHT * count) / highest);
    const middle = index * COLUMN + COLUMN / 2;
    const top = TOP + HEIGHT - height;
    return html`<rect
        class="fill-${fill}"
        x="${middle - BAR / 2}"
        y="${top.toFixed(1)}"
        width="${BAR}"
        height="${height.toFixed(1)}"
        rx="3"
      />
      <text class="${count === 0 ? 'count zero' : 'count'}" x="${middle}" y="${(top - 6).toFixed(1)}"
        >${renderCount(count)}</text
      >
      <text class="tick" x="${middle}" y="${TOP + HEIGHT + 18}">${label}</text>`;
  });
  const base = TOP + HEIGHT + 0.5;
  return html`<svg
    class="histogram"
    viewBox="0 0 ${WIDTH} ${TOP + HEIGHT + 26}"
    role="img"
    aria-label="${what}. ${spoken}."
  >
    ${columns}
    <line class="axis" x1="0" x2="${WIDTH}" y1="${base}" y2="${base}" />
  </svg>`;
}
