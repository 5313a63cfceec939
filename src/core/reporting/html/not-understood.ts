import { renderCount } from '../render-count';
import type { NotUnderstoodCount, Report } from '../report';
import { html, type Html } from './html';

const KINDS: Readonly<Record<NotUnderstoodCount['kind'], string>> = {
  unreadable: 'could not be read',
  'no-target': 'without a readable resource',
};

/** One line under the summary, so that nobody takes a short report for a clean account. */
export function renderNotUnderstoodNotice({ notUnderstood }: Report): Html | undefined {
  if (notUnderstood.length === 0) return undefined;
  const findings = totalOf(notUnderstood, 'finding');
  const records = totalOf(notUnderstood, 'ledger record');
  const exceptions = totalOf(notUnderstood, 'exception');
  const parts = [
    ...(findings > 0 ? [`${renderCount(findings)} ${findings === 1 ? 'finding' : 'findings'}`] : []),
    ...(records > 0 ? [`${renderCount(records)} ledger ${records === 1 ? 'record' : 'records'}`] : []),
    ...(exceptions > 0 ? [`${renderCount(exceptions)} ${exceptions === 1 ? 'exception' : 'exceptions'}`] : []),
  ];
  return html`<p class="notice">
    In none of these figures: ${parts.join(', ')} that could not be understood.
    <a href="#not-understood">See which and why</a>
  </p>`;
}

/** What no row stands for, with counts. */
export function renderNotUnderstood({ notUnderstood }: Report): Html | undefined {
  if (notUnderstood.length === 0) return undefined;
  return html`<section aria-labelledby="not-understood">
    <h2 id="not-understood">Not understood</h2>
    <p class="lead">Read from the input, and in no figure of this report.</p>
    <section class="card scroll" tabindex="0" aria-label="Table of what was not understood">
      <table>
        <thead>
          <tr>
            <th scope="col" class="number">Count</th>
            <th scope="col">What</th>
            <th scope="col">Product</th>
            <th scope="col">Reason of the first one</th>
          </tr>
        </thead>
        <tbody>
          ${notUnderstood.map(
            (one) =>
              html`<tr>
                <td class="number">${renderCount(one.count)}</td>
                <td>${one.what} ${KINDS[one.kind]}</td>
                <td><bdi>${one.product}</bdi></td>
                <td class="story">
                  <p>${one.reason}</p>
                  <p class="about">first: <bdi>${one.example}</bdi></p>
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>
  </section>`;
}

function totalOf(counts: Report['notUnderstood'], what: NotUnderstoodCount['what']): number {
  return counts.filter((one) => one.what === what).reduce((sum, { count }) => sum + count, 0);
}
