import { controlOf } from '../../controls/control-registry';
import type { ControlId } from '../../controls/control-id';
import { targetArn } from '../../target';
import type { Report } from '../report';
import type { ReportRow } from '../report-row';
import { resultOf } from '../result-of';

/** https://pages.nist.gov/OSCAL/reference/1.1.3/assessment-results/json-reference/ */
const OSCAL_VERSION = '1.1.3';

const NAMESPACE = 'https://github.com/portcullis';

/**
 * OSCAL assessment results, in pieces: an observation for every row with the certificate of its remediation as
 * evidence, a finding for every control, an inventory item for every resource.
 *
 * @param uuidOf the same UUID for the same text, so that two reports can be compared
 */
export function* renderOscal(report: Report, uuidOf: (name: string) => string): Generator<string> {
  const { generatedAt, source, rows } = report;
  // Their UUIDs, by ARN and in the order of the rows: both are named again further down.
  const subjects = new Map<string, string>();
  const observations = new Map<ReportRow, string>();
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
  yield* list('"local-definitions":{"inventory-items":', inventoryOf(rows, subjects, uuidOf), '}');
  yield `,"reviewed-controls":${JSON.stringify({ 'control-selections': [selectionOf(report)] })}`;
  yield* list('"observations":', observationsOf({ rows, generatedAt, subjects, observations }, uuidOf), '');
  yield* list('"findings":', findingsOf(report, observations, uuidOf), '');
  yield `}],"back-matter":{"resources":[${JSON.stringify({
    uuid: plan,
    title: 'What is assessed',
    description: 'Every finding of the controls that Portcullis closes, and every remediation of its ledger.',
  })}]}}}\n`;
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

function* inventoryOf(
  rows: readonly ReportRow[],
  subjects: Map<string, string>,
  uuidOf: (name: string) => string,
): Generator<string> {
  for (const { target, resourceName } of rows) {
    const arn = targetArn(target);
    if (subjects.has(arn)) continue;
    const uuid = uuidOf(arn);
    subjects.set(arn, uuid);
    const props = [
      { name: 'asset-id', value: arn },
      { name: 'asset-type', value: target.kind },
      ...prop('resource-name', resourceName),
    ];
    yield JSON.stringify({ uuid, description: `${target.kind} ${target.id}`, props });
  }
}

interface Observed {
  readonly rows: readonly ReportRow[];
  readonly generatedAt: string;
  readonly subjects: ReadonlyMap<string, string>;
  /** Filled as they are told. */
  readonly observations: Map<ReportRow, string>;
}

function* observationsOf(
  { rows, generatedAt, subjects, observations }: Observed,
  uuidOf: (name: string) => string,
): Generator<string> {
  for (const row of rows) {
    const { target, control, status, reason, remediation, severity, finding } = row;
    const props = [
      { name: 'status', ns: NAMESPACE, value: status },
      { name: 'severity', ns: NAMESPACE, value: oneLine(severity) },
      ...prop('finding-id', finding?.id),
      ...row.requirements.flatMap((requirement) => prop('requirement', requirement)),
    ];
    const evidence =
      remediation === undefined
        ? {}
        : {
            'relevant-evidence': [
              {
                href: `urn:portcullis:certificate:${encodeURIComponent(remediation.remediationId)}`,
                description: `Certificate of remediation ${remediation.remediationId}; \`portcullis verify\` checks it.`,
              },
            ],
          };
    const arn = targetArn(target);
    const uuid = uuidOf(`${control} ${arn}`);
    observations.set(row, uuid);
    yield JSON.stringify({
      uuid,
      title: `${control} on ${target.id}`,
      description: reason,
      props,
      methods: ['TEST'],
      types: ['finding'],
      subjects: [{ 'subject-uuid': subjects.get(arn) ?? uuidOf(arn), type: 'inventory-item' }],
      collected: generatedAt,
      ...evidence,
    });
  }
}

function* findingsOf(
  { rows }: Report,
  observations: ReadonlyMap<ReportRow, string>,
  uuidOf: (name: string) => string,
): Generator<string> {
  const byControl = new Map<ControlId, ReportRow[]>();
  for (const row of rows) {
    const known = byControl.get(row.control);
    if (known) known.push(row);
    else byControl.set(row.control, [row]);
  }
  for (const [control, ofControl] of byControl) {
    const results = ofControl.map(({ status }) => resultOf(status));
    const isSatisfied = results.every((result) => result === 'pass' || result === 'left-out');
    const { title } = controlOf(control);
    yield JSON.stringify({
      uuid: uuidOf(`finding ${control}`),
      title: `${control}: ${title}`,
      description: `${String(results.filter((result) => result === 'pass').length)} of ${String(results.length)} checks pass.`,
      target: {
        type: 'objective-id',
        'target-id': control,
        status: { state: isSatisfied ? 'satisfied' : 'not-satisfied' },
      },
      'related-observations': ofControl.flatMap((row) => {
        const uuid = observations.get(row);
        return uuid === undefined ? [] : [{ 'observation-uuid': uuid }];
      }),
    });
  }
}

function prop(name: string, value: string | undefined): readonly object[] {
  const text = value === undefined ? '' : oneLine(value);
  return text === '' ? [] : [{ name, ns: NAMESPACE, value: text }];
}

/** Values of OSCAL begin and end with something visible, and know no line ends. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim() || 'unknown';
}
