import { BASELINE, CONTROL_IDS, type ControlId } from './control-id';

/**
 * Standards whose findings name a control by its consolidated id, as in `nist-800-53/v/5.0.0/EC2.13`. Listing a control
 * under a standard that does not have it is harmless: no finding carries that id.
 */
const STANDARDS_WITH_CONSOLIDATED_IDS = [
  'aws-foundational-security-best-practices/v/1.0.0',
  'nist-800-53/v/5.0.0',
  'nist-800-171/v/2.0.0',
  'pci-dss/v/4.0.1',
  'service-managed-aws-control-tower/v/1.0.0',
] as const;

interface StandardWithOwnIds {
  readonly path: string;
  /** The standard's own requirement ids. A requirement is one control; a control may answer several. */
  readonly controls: Readonly<Record<string, ControlId>>;
}

/** https://docs.aws.amazon.com/securityhub/latest/userguide/asff-changes-consolidation.html */
const STANDARDS_WITH_OWN_IDS: readonly StandardWithOwnIds[] = [
  { path: 'cis-aws-foundations-benchmark/v/1.4.0', controls: { '5.1': 'EC2.21', '5.3': 'EC2.2' } },
  {
    path: 'cis-aws-foundations-benchmark/v/3.0.0',
    controls: { '5.1': 'EC2.21', '5.2': 'EC2.53', '5.3': 'EC2.54', '5.4': 'EC2.2' },
  },
  {
    path: 'cis-aws-foundations-benchmark/v/5.0.0',
    controls: { '5.2': 'EC2.21', '5.3': 'EC2.53', '5.4': 'EC2.54', '5.5': 'EC2.2' },
  },
  { path: 'pci-dss/v/3.2.1', controls: { 'PCI.EC2.2': 'EC2.2', 'PCI.EC2.5': 'EC2.13' } },
];

/** CIS 1.2.0 alone writes its generator as an ARN, so that the partition is part of it. */
const CIS_1_2_RULES: StandardWithOwnIds = {
  path: 'ruleset/cis-aws-foundations-benchmark/v/1.2.0/rule',
  controls: { '4.1': 'EC2.13', '4.2': 'EC2.14', '4.3': 'EC2.2' },
};

/** Of findings that only we make. */
const BASELINE_GENERATOR = 'portcullis/baseline';

/**
 * Every `GeneratorId` under which Security Hub reports a control, whole strings, for exact matching in event patterns.
 *
 * @param partition `aws`, `aws-cn`, …, or a deploy-time token such as the CDK's `Aws.PARTITION`.
 */
export function generatorIdsOf(control: ControlId, partition: string): readonly string[] {
  if (control === BASELINE) return [BASELINE_GENERATOR];
  return [
    `security-control/${control}`,
    ...STANDARDS_WITH_CONSOLIDATED_IDS.map((path) => `${path}/${control}`),
    ...STANDARDS_WITH_OWN_IDS.flatMap((standard) => requirementIds(standard, control)),
    ...requirementIds(CIS_1_2_RULES, control).map((path) => `arn:${partition}:securityhub:::${path}`),
  ];
}

/**
 * The control behind a `GeneratorId` of any standard and partition; the whole id must match, so EC2.182 is not EC2.18.
 */
export function controlOfGeneratorId(generatorId: string): ControlId | undefined {
  return CONTROLS_BY_GENERATOR.get(generatorId.replace(PARTITION_OF_ARN, `arn:${ANY_PARTITION}:`));
}

const ANY_PARTITION = '*';
const PARTITION_OF_ARN = /^arn:aws[a-z-]*:/;

const CONTROLS_BY_GENERATOR: ReadonlyMap<string, ControlId> = new Map(
  CONTROL_IDS.flatMap((control) =>
    generatorIdsOf(control, ANY_PARTITION).map((generatorId): [string, ControlId] => [generatorId, control]),
  ),
);

function requirementIds(standard: StandardWithOwnIds, control: ControlId): readonly string[] {
  return Object.entries(standard.controls)
    .filter(([, answeredBy]) => answeredBy === control)
    .map(([requirement]) => `${standard.path}/${requirement}`);
}
