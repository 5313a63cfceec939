import { renderCount } from '../render-count';
import type { Target } from '../../target';
import { html, type Html } from './html';

/** A longer table says nothing more; the CSV has them all. */
const SHOWN = 40;

interface TableOfEndings<One> {
  /** Id of the section, and name of its CSV. */
  readonly name: string;
  readonly heading: string;
  readonly columns: readonly string[];
  readonly all: readonly One[];
  readonly renderRow: (one: One) => Html;
}

/** What may be open until when, the first 40; undefined where there is none. */
export function renderTableOfEndings<One>({
  name,
  heading,
  columns,
  all,
  renderRow,
}: TableOfEndings<One>): Html | undefined {
  if (all.length === 0) return undefined;
  const left = all.length - SHOWN;
  return html`<section aria-labelledby="${name}">
    <h2 id="${name}">${heading}</h2>
    <section class="card scroll" tabindex="0" aria-label="Table of ${name}">
      <table>
        <thead>
          <tr>
            ${columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${all.slice(0, SHOWN).map(renderRow)}
        </tbody>
      </table>
      ${left > 0 ? html`<p class="nothing">and ${renderCount(left)} more, in ${name}.csv</p>` : undefined}
    </section>
  </section>`;
}

/** Which resource it is about. */
export function renderPlaceCell({ id, account, region }: Target): Html {
  return html`<td>
    <span class="id">${id}</span>
    <span class="about place">${account} · ${region}</span>
  </td>`;
}

/** Why, and who says so. @param id of the exception or grant */
export function renderWhyCell({ reason, by }: { readonly reason: string; readonly by: string }, id: string): Html {
  return html`<td class="story">
    <p><bdi>${reason}</bdi></p>
    <p class="about"><bdi>${by}</bdi> · <span class="id">${id}</span></p>
  </td>`;
}
