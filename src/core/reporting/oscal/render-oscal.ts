import { controlOf } from '../../controls/control-registry';
import { targetArn, type Target } from '../../target';
import { json, PerList } from '../json-text';
import type { KnownRemediation } from '../known-remediation';
import type { Report } from '../report';
import type { ReportRow } from '../report-row';
import { resultOf } from '../result-of';

/** https://pages.nist.gov/OSCAL/reference/1.1.3/assessment-results/json-reference/ */
const OSCAL_VERSION = '1.1.3';

/** Of what is made of very short pieces. */
const PIECE_CHARACTERS = 16 * 1024;

const NAMESPACE = 'https://github.com/portcullis';

/**
 * OSCAL assessment results, in pieces: an observation for every row with the certificate of its remediation as
 * evidence, a finding for every control, an inventory item for every resource.
 *
 * @param uuidOf the same UUID for the same text, so that two reports can be compared
 */
export function* renderOscal(report: Report, uuidOf: (name: string) => string): Generator<string> {
  const { generatedAt, source, rows } = report;
  const uuids: Uuids = { of: uuidOf, subjects: new Map(), observations: new Array<string>(rows.length) };
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
  yield* list('"observations":', observationsOf(report, uuids), '');
  yield* findingsOf(report, uuids);
  yield `}],"back-matter":{"resources":[${JSON.stringify({
    uuid: plan,
    title: 'What is assessed',
    description: 'Every finding of the controls that Portcullis closes, and every remediation of its ledger.',
  })}]}}}\n`;
}

/** What is named again further down; both are filled as things are told. */
interface Uuids {
  readonly of: (name: string) => string;
  readonly subjects: Map<Target, string>;
  /** In the order of the rows. */
  readonly observations: string[];
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

/** A resource each; rows of one resource share its target. */
function* inventoryOf(rows: readonly ReportRow[], { of, subjects }: Uuids): Generator<string> {
  for (const { target, resourceName } of rows) {
    if (subjects.has(target)) continue;
    const arn = targetArn(target);
    const uuid = of(arn);
    subjects.set(target, uuid);
    const name = propOf('resource-name', resourceName);
    yield (
      `{"uuid":"${uuid}","description":${json(`${target.kind} ${target.id}`)}` +
      `,"props":[{"name":"asset-id","value":${json(arn)}},{"name":"asset-type","value":"${target.kind}"}${name}]}`
    );
  }
}

/** Put together by hand, as in `renderOcsf`. */
function* observationsOf({ rows, generatedAt }: Report, { of, subjects, observations }: Uuids): Generator<string> {
  const requirements = new PerList((list) => list.map((one) => propOf('requirement', one)).join(''));
  const collected = `,"collected":${json(generatedAt)}`;
  for (const [index, row] of rows.entries()) {
    const { target, control, remediation } = row;
    const uuid = of(`${control} ${targetArn(target)}`);
    observations[index] = uuid;
    yield (
      `{"uuid":"${uuid}","title":${json(`${control} on ${target.id}`)},"description":${json(row.reason)}` +
      `,"props":[${propOf('status', row.status).slice(1)}${propOf('severity', oneLine(row.severity))}` +
      `${propOf('finding-id', row.finding?.id)}${requirements.of(row.requirements)}]` +
      `,"methods":["TEST"],"types":["finding"]` +
      `,"subjects":[{"subject-uuid":"${subjects.get(target) ?? ''}","type":"inventory-item"}]` +
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

/** One a control, which names every observation of it: in pieces, for these are many. */
function* findingsOf({ rows }: Report, { of, observations }: Uuids): Generator<string> {
  const controls = [...new Set(rows.map(({ control }) => control))];
  for (const [index, control] of controls.entries()) {
    let checks = 0;
    let passing = 0;
    let isSatisfied = true;
    for (const row of rows) {
      if (row.control !== control) continue;
      const result = resultOf(row.status);
      checks++;
      if (result === 'pass') passing++;
      else if (result !== 'left-out') isSatisfied = false;
    }
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
    yield `${index === 0 ? ',"findings":[' : ','}\n${JSON.stringify(finding).slice(0, -1)},"related-observations":[`;
    let named = '';
    let separator = '';
    for (const [place, row] of rows.entries()) {
      if (row.control !== control) continue;
      named += `${separator}{"observation-uuid":"${observations[place] ?? ''}"}`;
      separator = ',';
      if (named.length < PIECE_CHARACTERS) continue;
      yield named;
      named = '';
    }
    yield `${named}]}`;
  }
  if (controls.length > 0) yield ']';
}

/** With the comma before it; empty where there is nothing to say. */
function propOf(name: string, value: string | undefined): string {
  const text = value === undefined ? '' : oneLine(value);
  return text === '' ? '' : `,{"name":"${name}","ns":"${NAMESPACE}","value":${json(text)}}`;
}

/** Values of OSCAL begin and end with something visible, and know no line ends. */
function oneLine(text: string): string {
  return SPACE.test(text) || text === '' ? text.replace(/\s+/g, ' ').trim() || 'unknown' : text;
}

const SPACE = /\s/;
