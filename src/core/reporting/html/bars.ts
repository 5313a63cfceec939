import { renderCount } from '../render-count';
import { STATUSES } from '../check-status';
import type { Tally } from '../tally';
import { html, type Html } from './html';
import { STATUS_LABELS } from './status-labels';

const WIDTH = 1000;
/** Thin gaps keep neighbours apart for those who cannot tell the colours. */
const GAP = 4;
const MIN_WIDTH = 6;

/**
 * One tally as a bar of segments, its length relative to `longest`. The numbers stand beside it in the table, so it is
 * hidden from screen readers.
 */
export function renderStatusBar(tally: Tally, longest: number): Html {
  const shown = STATUSES.filter((status) => tally.byStatus[status] > 0);
  const full = longest === 0 ? 0 : (WIDTH * tally.total) / longest;
  // Rare ones must stay visible: they take their least width from the room that is left for the others.
  const room = Math.max(0, full - shown.length * (MIN_WIDTH + GAP));
  let x = 0;
  const segments = shown.map((status) => {
    const count = tally.byStatus[status];
    const width = MIN_WIDTH + (room * count) / tally.total;
    const segment = html`<rect class="fill-${status}" x="${x.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="12">
      <title>${STATUS_LABELS[status].label}: ${renderCount(count)}</title>
    </rect>`;
    x += width + GAP;
    return segment;
  });
  return html`<svg class="bar" viewBox="0 0 ${WIDTH} 12" preserveAspectRatio="none" aria-hidden="true">
    ${segments}
  </svg>`;
}
