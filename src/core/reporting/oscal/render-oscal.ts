import { controlOf } from '../../controls/control-registry';
import { PackedTexts } from '../columns/packed-texts';
import { Column } from '../columns/column';
import { json, PerList, PerText } from '../json-text';
import type { KnownRemediation } from '../known-remediation';
import type { Report } from '../report';
import type { ReportRows } from '../report-row';
import { Verdicts } from './verdicts';

/** https://pages.nist.gov/OSCAL/reference/1.1.3/assessment-results/json-reference/ */
const OSCAL_VERSION = '1.1.3';

/** Of what is made of very short chunks. */
const CHUNK_CHARACTERS = 16 * 1024;

const NAMESPACE = 'https://github.com/portcullis';

/**
 * OSCAL assessment results, in chunks: an observation for every row with the certificate of its remediation as
 * evidence, a finding for every control, an inventory item for every resource.
 *
 * @param uuidOf the same UUID for the same text, so that two reports can be compared
 */
export function* renderOscal(report: Report, uuidOf: (name: string) => string): Generator<string> {
  const { generatedAt, source, rows } = report;
  const uuids = { of: uuidOf, subjects: new Subjects(), observations: new PackedTexts() };
  const verdicts = new Verdicts();
  const plan = uuidOf('plan');
  const metadata = {
    title: 'Open ingress: assessment results',
    'last-modified': generatedAt,
    version: generatedAt,
    'oscal-version': OSCAL_VERSION,
  };
  yield `{"assessment-results":{"uuid":"${uuidOf(`report ${generatedAt} ${source}`)}"`;
  yield `,"metadata":${JSON.stringify(metadata)},"import-ap":{"href":"#${plan}"},"results":[{`;
  const head = {
    uuid: uuidOf(`result ${generatedAt} ${source}`),
    title: 'Ingress from the internet',
    description: `Security groups and network ACLs, from the findings of ${oneLine(source)} and the ledger of Portcullis.`,
    start: generatedAt,
  };
  yield JSON.stringify(head).slice(1, -1);
  yield* list('"local-definitions":{"inventory-items":', inventoryOf(rows, uuids), '}');
  yield `,"reviewed-controls":${JSON.stringify({ 'control-selections': [selectionOf(report)] })}`;
  yield* list('"observations":', observationsOf(report, uuids, verdicts), '');
  yield* findingsOf(uuids, verdicts);
  yield `}],"back-matter":{"resources":[${JSON.stringify({
    uuid: plan,
    title: 'What is assessed',
    description: 'Every finding of the controls that Portcullis closes, and every remediation of its ledger.',
  })}]}}}\n`;
}

/** What is named again further down; both are filled as things are reported. */
interface Uuids {
  readonly of: (name: string) => string;
  readonly subjects: Subjects;
  /** In the order of the rows. */
  readonly observations: PackedTexts;
}

/** The UUID of each target, by its number. */
class Subjects {
  readonly #uuids = new PackedTexts();
  /** The place of its UUID plus one. */
  readonly #places = Column.integers();

  has(target: number): boolean {
    return this.#places.get(target) !== 0;
  }

  set(target: number, uuid: string): void {
    this.#places.set(target, this.#uuids.add(uuid) + 1);
  }

  of(target: number): string {
    return this.#uuids.at(this.#places.get(target) - 1);
  }
}

/** OSCAL takes no empty list: what has nothing is left out. */
function* list(before: string, elements: Iterable<string>, after: string): Generator<string> {
  let isEmpty = true;
  for (const element of elements) {
    yield isEmpty ? `,${before}[\n${element}` : `,\n${element}`;
    isEmpty = false;
  }
  if (!isEmpty) yield `]${after}`;
}

function selectionOf({ byControl }: Report): object {
  if (byControl.length === 0) return { 'include-all': {} };
  return { 'include-controls': byControl.map(({ name }) => ({ 'control-id': name })) };
}

/** A resource each. */
function* inventoryOf(rows: ReportRows, { of, subjects }: Uuids): Generator<string> {
  const names = new PerText((name) => propOf('resource-name', name));
  for (const row of rows) {
    const { targetNumber } = row;
    if (subjects.has(targetNumber)) continue;
    const { target, arn, resourceName } = row;
    const uuid = of(arn);
    subjects.set(targetNumber, uuid);
    const name = resourceName === undefined ? '' : names.of(resourceName);
    yield (
      `{"uuid":"${uuid}","description":"${target.kind} ${json(target.id).slice(1)}` +
      `,"props":[{"name":"asset-id","value":${json(arn)}},{"name":"asset-type","value":"${target.kind}"}${name}]}`
    );
  }
}

/** Put together by hand, as in `renderOcsf`. */
function* observationsOf(
  { rows, generatedAt }: Report,
  { of, subjects, observations }: Uuids,
  verdicts: Verdicts,
): Generator<string> {
  const requirements = new PerList((list) => list.map((one) => propOf('requirement', one)).join(''));
  const statuses = new PerText((status) => propOf('status', status).slice(1));
  const severities = new PerText((severity) => propOf('severity', oneLine(severity)));
  const reasons = new PerText(json);
  const collected = `,"collected":${json(generatedAt)}`;
  for (const row of rows) {
    const { target, targetNumber, control, remediation } = row;
    const uuid = of(`${control} ${row.arn}`);
    observations.add(uuid);
    verdicts.add(control, row.status);
    yield (
      `{"uuid":"${uuid}","title":"${control} on ${json(target.id).slice(1)},"description":${reasons.of(row.reason)}` +
      `,"props":[${statuses.of(row.status)}${severities.of(row.severity)}` +
      `${propOf('finding-id', row.finding?.id)}${requirements.of(row.requirements)}]` +
      `,"methods":["TEST"],"types":["finding"]` +
      `,"subjects":[{"subject-uuid":"${subjects.of(targetNumber)}","type":"inventory-item"}]` +
      `${collected}${remediation === undefined ? '' : evidenceOf(remediation)}}`
    );
  }
}

function evidenceOf({ remediationId }: KnownRemediation): string {
  const evidence = {
    href: `urn:portcullis:certificate:${encodeURIComponent(remediationId)}`,
    description: `Certificate of remediation ${remediationId}; \`portcullis verify\` checks it.`,
  };
  return `,"relevant-evidence":[${JSON.stringify(evidence)}]`;
}

/** One a control, which names every observation of it: in chunks, for these are many. */
function* findingsOf({ of, observations }: Uuids, verdicts: Verdicts): Generator<string> {
  let before = ',"findings":[';
  for (const { control, checks, passing, isSatisfied } of verdicts.all()) {
    const finding = {
      uuid: of(`finding ${control}`),
      title: `${control}: ${controlOf(control).title}`,
      description: `${String(passing)} of ${String(checks)} checks pass.`,
      target: {
        type: 'objective-id',
        'target-id': control,
        status: { state: isSatisfied ? 'satisfied' : 'not-satisfied' },
      },
    };
    yield `${before}\n${JSON.stringify(finding).slice(0, -1)},"related-observations":[`;
    before = ',';
    let named = '';
    let separator = '';
    for (const place of verdicts.rowsOf(control)) {
      named += `${separator}{"observation-uuid":"${observations.at(place)}"}`;
      separator = ',';
      if (named.length < CHUNK_CHARACTERS) continue;
      yield named;
      named = '';
    }
    yield `${named}]}`;
  }
  if (before === ',') yield ']';
}

/** With the comma before it; empty where there is nothing to report. */
function propOf(name: string, value: string | undefined): string {
  const text = value === undefined ? '' : oneLine(value);
  return text === '' ? '' : `,{"name":"${name}","ns":"${NAMESPACE}","value":${json(text)}}`;
}

/** Values of OSCAL begin and end with something visible, and know no line ends. */
function oneLine(text: string): string {
  return SPACE.test(text) || text === '' ? text.replace(/\s+/g, ' ').trim() || 'unknown' : text;
}

const SPACE = /\s/;
