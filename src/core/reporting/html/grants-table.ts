import type { Report } from '../report';
import { renderGranted, type ReportedGrant, type ReportedGrantState } from '../reported-grant';
import { html, type Html } from './html';
import { renderPlaceCell, renderTableOfEndings, renderWhyCell } from './table-of-endings';
import { renderTime } from './time';

const STATES: Readonly<Record<ReportedGrantState, string>> = {
  overdue: 'still open past its end',
  open: 'open',
  ended: 'taken away',
};

/** What was opened for a while, what is open past its end before the others; undefined where nothing was. */
export function renderGrants({ grants }: Report): Html | undefined {
  return renderTableOfEndings({
    name: 'grants',
    heading: 'Access for a while, and when it ended',
    columns: ['Until', 'Resource', 'Granted', 'Why, and who asked', 'Ended'],
    all: grants,
    renderRow: renderGrant,
  });
}

function renderGrant(one: ReportedGrant): Html {
  const { target, until, ended, state, grantId } = one;
  return html`<tr>
    <td class="time">${renderTime(until)}</td>
    ${renderPlaceCell(target)}
    <td>${renderGranted(one)}</td>
    ${renderWhyCell(one, grantId)}
    <td class="time">
      ${ended === undefined ? undefined : renderTime(ended.at)}
      <span class="about">${STATES[state]}</span>
    </td>
  </tr>`;
}
