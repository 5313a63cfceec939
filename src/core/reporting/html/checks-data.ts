import type { ControlId } from '../../controls/control-id';
import { controlOf } from '../../controls/control-registry';
import { renderDuration } from '../durations';
import type { KnownRemediation } from '../known-remediation';
import type { ReportRow, ReportRows } from '../report-row';
import { severityRank } from '../severity';
import { STATUSES } from '../check-status';
import { CHANGES, labelOf, secondsShown, wordHistory } from './check-row';
import { withoutControls } from './html';

/** Stands where there is nothing. */
const NONE = -1;

/**
 * Every check as JSON, in chunks, for the script to search, to sort and to show; `report.js` names what a row holds:
 * `{"rows":[[…]],"texts":[…],"remediations":[[…]],"titles":{…}}`. Texts that come again are there once, and rows name
 * them by their place. It is safe within a script element.
 */
export function* renderChecksData(rows: ReportRows, generatedAt: string): Generator<string> {
  const texts = new Texts();
  const now = Date.parse(generatedAt);
  const remediations = new Map<KnownRemediation, number>();
  yield '{"rows":[';
  const controls = new Set<ControlId>();
  let separator = '';
  for (const row of rows) {
    const { control, remediation } = row;
    controls.add(control);
    if (remediation !== undefined && !remediations.has(remediation)) remediations.set(remediation, remediations.size);
    yield `${separator}[${wordRow(row, remediations, texts, now)}]`;
    separator = ',\n';
  }
  yield '],"remediations":[';
  for (const [remediation, index] of remediations) {
    yield `${index === 0 ? '' : ',\n'}${JSON.stringify(wordRemediation(remediation, texts))}`;
  }
  const titles = Object.fromEntries([...controls].map((id) => [id, controlOf(id).title]));
  yield `],"titles":${JSON.stringify(titles)},"texts":[`;
  let index = 0;
  for (const text of texts.all()) {
    yield `${index++ === 0 ? '' : ',\n'}${JSON.stringify(text).replaceAll('<', '\\u003c')}`;
  }
  yield ']}';
}

function wordRow(
  row: ReportRow,
  remediations: ReadonlyMap<KnownRemediation, number>,
  texts: Texts,
  now: number,
): string {
  const { target, remediation, status, severity, firstSeenMillis, dueMillis } = row;
  const seconds = secondsShown(row, now);
  const first = Number.isNaN(firstSeenMillis) ? NONE : firstSeenMillis;
  const remediationCells = remediation === undefined ? NONE : (remediations.get(remediation) ?? NONE);
  return (
    `${STATUSES.indexOf(status)},${texts.place(status)},${texts.place(labelOf(row))},${texts.place(row.control)}` +
    `,${texts.place(target.id)},${texts.place(row.resourceName)},${texts.place(target.account)}` +
    `,${texts.place(target.region)},${severityRank(severity)},${texts.place(severity)},${first},${seconds ?? NONE}` +
    `,${texts.place(seconds === undefined ? undefined : renderDuration(seconds))},${texts.place(row.reason)},${remediationCells}` +
    `,${texts.place(closedIn(row))},${dueMillis ?? NONE},${row.isOverdue ? 1 : 0},${texts.place(wordHistory(row))}`
  );
}

function closedIn({ secondsFromDecisionToClosed: seconds }: ReportRow): string | undefined {
  return seconds === undefined ? undefined : renderDuration(seconds);
}

function wordRemediation(remediation: KnownRemediation, texts: Texts): readonly unknown[] {
  const { decidedBy, startedAt, remediationId, changes, known, ownerMustChange } = remediation;
  const worded = CHANGES.flatMap(([done, label]) => {
    const words = changes.filter((change) => change.done === done).map((change) => texts.place(change.words));
    return words.length === 0 ? [] : [[texts.place(label), ...words]];
  });
  const facts = [known || undefined, ownerMustChange.join('\n') || undefined].map((text) => texts.place(text));
  return [texts.place(decidedBy), millisOf(startedAt), texts.place(remediationId), worded, ...facts];
}

function millisOf(time: string | undefined): number {
  if (time === undefined) return NONE;
  const millis = Date.parse(time);
  return Number.isNaN(millis) ? NONE : millis;
}

class Texts {
  readonly #places = new Map<string, number>();

  place(text: string | undefined): number {
    if (text === undefined) return NONE;
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    this.#places.set(text, this.#places.size);
    return this.#places.size - 1;
  }

  *all(): Generator<string> {
    for (const text of this.#places.keys()) yield withoutControls(text);
  }
}
