import { renderCount } from '../render-count';
import type { Report } from '../report';
import { html, type Html } from './html';

/** Longer tables say nothing more: these are for whoever wonders where findings are. */
const SHOWN = 40;

/** One line under the summary, so that nobody looks for these findings among the figures. */
export function renderOtherControlsNotice({ otherControls }: Report): Html | undefined {
  if (otherControls.length === 0) return undefined;
  const total = otherControls.reduce((sum, { count }) => sum + count, 0);
  return html`<p class="notice">
    In none of these figures: ${renderCount(total)} ${total === 1 ? 'finding' : 'findings'} of other controls, which
    Portcullis does not close. <a href="#other-controls">See which</a>
  </p>`;
}

/** Findings that were understood and are of no control that Portcullis closes, with counts. */
export function renderOtherControls({ otherControls }: Report): Html | undefined {
  if (otherControls.length === 0) return undefined;
  const left = otherControls.slice(SHOWN);
  const findings = left.reduce((sum, { count }) => sum + count, 0);
  return html`<section aria-labelledby="other-controls">
    <h2 id="other-controls">Other controls</h2>
    <p class="lead">
      Findings in the input that are of no control that Portcullis closes, and in no figure of this report.
    </p>
    <section class="card scroll" tabindex="0" aria-label="Table of other controls">
      <table>
        <thead>
          <tr>
            <th scope="col" class="number">Findings</th>
            <th scope="col">Control</th>
            <th scope="col">Product</th>
          </tr>
        </thead>
        <tbody>
          ${otherControls.slice(0, SHOWN).map(
            ({ name, product, count }) =>
              html`<tr>
                <td class="number">${renderCount(count)}</td>
                <td><bdi>${name}</bdi></td>
                <td><bdi>${product}</bdi></td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${
        left.length === 0
          ? undefined
          : html`<p class="nothing">and ${renderCount(left.length)} more with ${renderCount(findings)} findings</p>`
      }
    </section>
  </section>`;
}
