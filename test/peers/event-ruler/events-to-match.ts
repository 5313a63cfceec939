import { SECURITY_HUB_CONTROLS, type ControlId } from '../../../src/core/controls/control-id';
import { generatorIdsOf } from '../../../src/core/controls/generator-ids';
import { ocsf } from '../../core/findings/ocsf/ocsf-fixtures';
import { ACTION_ARNS, EVENT_SAMPLES, imported, pressed } from '../../fuzz/event-samples';
import { FINDING_SAMPLES } from '../../fuzz/finding-samples';
import { event } from '../../sandbox/events/event-pattern-cases';

type Asff = Readonly<Record<string, unknown>>;

/**
 * A failed finding that nobody has looked at, as any standard reports the control: with its id, or by its generator
 * alone.
 */
function failed(control: ControlId, generator: string, compliance: object): Asff {
  return {
    ...FINDING_SAMPLES[0],
    Id: `arn:aws:securityhub:eu-central-1:222222222222:${generator}/${control}`,
    GeneratorId: generator,
    Compliance: { Status: 'FAILED', ...compliance },
  };
}

const failedFindings = SECURITY_HUB_CONTROLS.flatMap((control) => [
  failed(control, 'a generator of tomorrow', { SecurityControlId: control }),
  // EC2.182 is not EC2.18.
  failed(control, `security-control/${control}2`, { SecurityControlId: `${control}2` }),
  ...generatorIdsOf(control, 'aws').map((generator) => failed(control, generator, {})),
]);

/** What a finding is once somebody, or Security Hub, has done something with it. */
const LATER: readonly object[] = [
  { Workflow: { Status: 'NOTIFIED' } },
  { Workflow: { Status: 'RESOLVED' } },
  { Workflow: { Status: 'SUPPRESSED' } },
  { Workflow: undefined },
  { RecordState: 'ARCHIVED' },
  { Compliance: { Status: 'PASSED', SecurityControlId: 'EC2.13' } },
  { Compliance: { Status: 'WARNING', SecurityControlId: 'EC2.13' } },
  { Compliance: undefined },
  ...['NEW', 'SUPPRESSED', 'RESOLVED'].map((Status) => ({
    Workflow: { Status },
    UserDefinedFields: { PortcullisOutcome: 'excepted' },
  })),
  ...['NOTIFIED', 'SUPPRESSED', 'RESOLVED'].map((Status) => ({
    Workflow: { Status },
    UserDefinedFields: { PortcullisOutcome: 'asked' },
  })),
];

const COMPLIANCE = ocsf()['compliance'] as object;
const EXCEPTED = 'May stay open. [Portcullis excepted 2026-11-29T12:00:00Z rem-0123456789abcdef]';

/** Findings of Security Hub V2: of each control, later on, of coverage and of another class. */
const V2: readonly object[] = [
  ...SECURITY_HUB_CONTROLS.flatMap((control) => [
    ocsf({ compliance: { ...COMPLIANCE, control } }),
    ocsf({ compliance: { ...COMPLIANCE, control: `${control}2` } }),
  ]),
  ...[1, 2, 3, 4, 5].flatMap((status_id) => [
    ocsf({ status_id }),
    ocsf({ status_id, comment: EXCEPTED }),
    ocsf({ status_id, comment: EXCEPTED.replace('excepted', 'closed') }),
    ocsf({ status_id, comment: EXCEPTED.replace('excepted', 'asked') }),
  ]),
  ocsf({ activity_id: 3 }),
  ocsf({ activity_id: 3, comment: EXCEPTED }),
  ocsf({ compliance: { ...COMPLIANCE, status_id: 1 } }),
  ocsf({ compliance: { status: 'Fail', status_id: 3 } }),
  ocsf({ compliance: { status: 'Fail', status_id: 3 }, comment: EXCEPTED }),
  ocsf({ class_uid: 2004 }),
];

function importedV2(finding: object): object {
  return {
    ...event,
    source: 'aws.securityhub',
    'detail-type': 'Findings Imported V2',
    detail: { findings: [finding] },
  };
}

const [first = {}, second = {}] = FINDING_SAMPLES;

/** Made and real-shaped events, as EventBridge sees them. */
export const EVENTS_TO_MATCH: readonly unknown[] = [
  event,
  {},
  { ...event, detail: { findings: [] } },
  ...EVENT_SAMPLES,
  pressed(FINDING_SAMPLES.slice(0, 1), ACTION_ARNS.accept),
  ...failedFindings.map(imported),
  ...V2.map(importedV2),
  ...LATER.map((change) => imported({ ...first, ...change })),
  // What one finding lacks another one has: no rule may put them together.
  {
    ...(imported(first) as object),
    detail: {
      findings: [
        { ...first, Workflow: { Status: 'RESOLVED' } },
        { ...second, RecordState: 'ARCHIVED' },
      ],
    },
  },
].map((sample) => JSON.parse(JSON.stringify(sample)) as unknown);
