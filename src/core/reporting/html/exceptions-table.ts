import { renderOpenings } from '../../exceptions/describe-exception';
import { renderDuration, secondsBetween } from '../durations';
import { renderCount } from '../render-count';
import type { Report } from '../report';
import type { StatedException } from '../reported-exception';
import { html, type Html } from './html';
import { renderTime } from './time';

/** A longer table says nothing more; the CSV has them all. */
const SHOWN = 40;

/** What may stay open, the ones that end first before the others; undefined where nothing is excepted. */
export function renderExceptions({ exceptions, generatedAt }: Report): Html | undefined {
  const live = exceptions.filter(({ state }) => state !== 'ended');
  if (live.length === 0) return undefined;
  const left = live.length - SHOWN;
  return html`<section aria-labelledby="exceptions">
    <h2 id="exceptions">Exceptions, and when they end</h2>
    <section class="card scroll" tabindex="0" aria-label="Table of exceptions">
      <table>
        <thead>
          <tr>
            <th scope="col">Ends</th>
            <th scope="col">Control</th>
            <th scope="col">Resource</th>
            <th scope="col">May stay open</th>
            <th scope="col">Why, and who says so</th>
          </tr>
        </thead>
        <tbody>
          ${live.slice(0, SHOWN).map((one) => renderException(one, generatedAt))}
        </tbody>
      </table>
      ${left > 0 ? html`<p class="nothing">and ${renderCount(left)} more, in exceptions.csv</p>` : undefined}
    </section>
  </section>`;
}

function renderException(one: StatedException, generatedAt: string): Html {
  const { target, control, covers, reason, by, until, state, exceptionId } = one;
  const left = secondsBetween(generatedAt, until);
  return html`<tr>
    <td class="time">
      ${renderTime(until)}
      <span class="about">${state === 'expired' || left === undefined ? 'over' : `in ${renderDuration(left)}`}</span>
    </td>
    <td>${control}</td>
    <td>
      <span class="id">${target.id}</span>
      <span class="about place">${target.account} · ${target.region}</span>
    </td>
    <td>${renderOpenings(covers)}</td>
    <td class="story">
      <p><bdi>${reason}</bdi></p>
      <p class="about"><bdi>${by}</bdi> · <span class="id">${exceptionId}</span></p>
    </td>
  </tr>`;
}
