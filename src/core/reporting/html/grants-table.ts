import { renderCount } from '../render-count';
import type { Report } from '../report';
import { renderGranted, type ReportedGrant, type ReportedGrantState } from '../reported-grant';
import { html, type Html } from './html';
import { renderTime } from './time';

/** A longer table says nothing more; the CSV has them all. */
const SHOWN = 40;

const STATES: Readonly<Record<ReportedGrantState, string>> = {
  overdue: 'still open past its end',
  open: 'open',
  ended: 'taken away',
};

/** What was opened for a while, what is open past its end before the others; undefined where nothing was. */
export function renderGrants({ grants }: Report): Html | undefined {
  if (grants.length === 0) return undefined;
  const left = grants.length - SHOWN;
  return html`<section aria-labelledby="grants">
    <h2 id="grants">Access for a while, and when it ended</h2>
    <section class="card scroll" tabindex="0" aria-label="Table of grants">
      <table>
        <thead>
          <tr>
            <th scope="col">Until</th>
            <th scope="col">Resource</th>
            <th scope="col">Granted</th>
            <th scope="col">Why, and who asked</th>
            <th scope="col">Ended</th>
          </tr>
        </thead>
        <tbody>
          ${grants.slice(0, SHOWN).map(renderGrant)}
        </tbody>
      </table>
      ${left > 0 ? html`<p class="nothing">and ${renderCount(left)} more, in grants.csv</p>` : undefined}
    </section>
  </section>`;
}

function renderGrant(one: ReportedGrant): Html {
  const { target, reason, by, until, ended, state, grantId } = one;
  return html`<tr>
    <td class="time">${renderTime(until)}</td>
    <td>
      <span class="id">${target.id}</span>
      <span class="about place">${target.account} · ${target.region}</span>
    </td>
    <td>${renderGranted(one)}</td>
    <td class="story">
      <p><bdi>${reason}</bdi></p>
      <p class="about"><bdi>${by}</bdi> · <span class="id">${grantId}</span></p>
    </td>
    <td class="time">
      ${ended === undefined ? undefined : renderTime(ended.at)}
      <span class="about">${STATES[state]}</span>
    </td>
  </tr>`;
}
