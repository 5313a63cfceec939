import { renderOpenings } from '../../exceptions/describe-exception';
import { renderDuration, secondsBetween } from '../durations';
import type { Report } from '../report';
import type { StatedException } from '../reported-exception';
import { html, type Html } from './html';
import { renderPlaceCell, renderTableOfEndings, renderWhyCell } from './table-of-endings';
import { renderTime } from './time';

/** What may stay open, the ones that end first before the others; undefined where nothing is excepted. */
export function renderExceptions({ exceptions, generatedAt }: Report): Html | undefined {
  return renderTableOfEndings({
    name: 'exceptions',
    heading: 'Exceptions, and when they end',
    columns: ['Ends', 'Control', 'Resource', 'May stay open', 'Why, and who says so'],
    all: exceptions.filter(({ state }) => state !== 'ended'),
    renderRow: (one) => renderException(one, generatedAt),
  });
}

function renderException(one: StatedException, generatedAt: string): Html {
  const { target, control, covers, until, state, exceptionId } = one;
  const left = secondsBetween(generatedAt, until);
  return html`<tr>
    <td class="time">
      ${renderTime(until)}
      <span class="about">${state === 'expired' || left === undefined ? 'over' : `in ${renderDuration(left)}`}</span>
    </td>
    <td>${control}</td>
    ${renderPlaceCell(target)}
    <td>${renderOpenings(covers)}</td>
    ${renderWhyCell(one, exceptionId)}
  </tr>`;
}
