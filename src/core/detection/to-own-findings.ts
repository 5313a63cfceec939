import type { ControlId } from '../controls/control-id';
import { controlOf } from '../controls/control-registry';
import { generatorIdsOf } from '../controls/generator-ids';
import { targetArn, type Target } from '../target';
import { KEEPS_REOPENING_FIELD } from '../findings/keeps-reopening';
import { parameterFields } from '../findings/parameters-field';
import { actorFields, describeActor } from './actor-fields';
import type { Change } from './change';
import type { ControlStatus } from './find-exposed-controls';
import { isActive, isOpenStill, type KnownFinding, type OwnFinding } from './own-finding';
import { renderReopenings, whyToAsk, type Reopening, type ReopeningLimit } from './reopenings';

export interface OwnFindingsRequest {
  readonly prefix: string;
  readonly target: Target;
  readonly change: Change;
  readonly statuses: readonly ControlStatus[];
  /** Those of ours on the target that Security Hub holds. */
  readonly known: readonly KnownFinding[];
  /** Controls whose findings say RESOLVED because we had closed the target, before the change. */
  readonly reopened: ReadonlyMap<ControlId, readonly Reopening[]>;
  readonly limit: ReopeningLimit;
  readonly now: Date;
}

/** To be imported one list after the other. */
export type OwnFindingsToImport = readonly (readonly OwnFinding[])[];

/** https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html */
const SEVERITIES: Partial<Readonly<Record<ControlId, OwnFinding['Severity']['Label']>>> = {
  'EC2.19': 'CRITICAL',
  'EC2.21': 'MEDIUM',
};
const SEVERITY = 'HIGH';

const TYPES = ['Software and Configuration Checks/AWS Security Best Practices/Network Reachability'];
const RESOURCE_TYPES = {
  'security-group': 'AwsEc2SecurityGroup',
  'network-acl': 'AwsEc2NetworkAcl',
  instance: 'AwsEc2Instance',
  'network-interface': 'AwsEc2NetworkInterface',
} as const;
/** When it was opened again after we had closed it, and by whom. */
export const REOPENINGS_FIELD = 'portcullis/Reopenings';
const DESCRIPTION_CHARACTERS = 1024;

/**
 * The id of our finding about a control on a target: the same however often it is found, another for each deployment.
 */
export function ownFindingId(prefix: string, control: ControlId, target: Target): string {
  return `${prefix}/${control}/${targetArn(target)}`;
}

/**
 * The account's own default product.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-custom-providers.html
 */
export function ownProductArn({
  partition,
  account,
  region,
}: Pick<Target, 'partition' | 'account' | 'region'>): string {
  return `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`;
}

/**
 * What is to be imported into Security Hub of a target: a failed finding for each control that it violates, and PASSED
 * and archived for each that it does not violate any more. Nothing where nothing was said and nothing is wrong. One
 * that was RESOLVED and fails again passes first, because Security Hub sets a finding NEW only then.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/findings-workflow-status.html
 */
export function toOwnFindings(request: OwnFindingsRequest): OwnFindingsToImport {
  const { prefix, target, statuses, known } = request;
  const passed: OwnFinding[] = [];
  const failed: OwnFinding[] = [];
  const later = { ...request, now: new Date(request.now.getTime() + 1) };
  for (const status of statuses) {
    const id = ownFindingId(prefix, status.control, target);
    const before = known.find(({ Id }) => Id === id);
    if (status.violations.length > 0) {
      if (isActive(before) && isOpenedAgain(request, status, before))
        passed.push(toPassed(request, status.control, before));
      failed.push(toFailed(later, status, before));
    } else if (isActive(before) && status.isClear) passed.push(toPassed(request, status.control, before));
  }
  return [passed, failed].filter((list) => list.length > 0);
}

/** RESOLVED by a person it stays, unless the change itself opened something. */
function isOpenedAgain({ reopened, change }: OwnFindingsRequest, status: ControlStatus, before: KnownFinding): boolean {
  if (before.Workflow?.Status !== 'RESOLVED') return false;
  return reopened.has(status.control) || hasOpened(change, status);
}

/** Whether a change names a rule or entry that violates. */
export function hasOpened({ rules }: Pick<Change, 'rules'>, status: ControlStatus): boolean {
  return namesOf(status).some((name) => rules.includes(name));
}

function namesOf({ violations }: ControlStatus): readonly string[] {
  return violations.map((each) => ('ruleId' in each ? each.ruleId : String(each.ruleNumber)));
}

/** How often it was opened again, and why it waits for a person from now on. */
function reopeningFields(
  { reopened, limit }: OwnFindingsRequest,
  control: ControlId,
): Readonly<Record<string, string>> {
  const reopenings = reopened.get(control);
  if (reopenings === undefined) return {};
  const why = whyToAsk(reopenings, limit);
  return {
    [REOPENINGS_FIELD]: renderReopenings(reopenings),
    ...(why === undefined ? {} : { [KEEPS_REOPENING_FIELD]: why.slice(0, 1024) }),
  };
}

function toFailed(request: OwnFindingsRequest, status: ControlStatus, before: KnownFinding | undefined): OwnFinding {
  const { change, now } = request;
  const { violations } = status;
  const isOpener = hasOpened(change, status);
  const open = isOpenStill(before) ? before : undefined;
  // Who merely touched a target that was open before has not opened it.
  const keeps = isOpener ? undefined : open?.ProductFields;
  const reasons = violations.map(({ reason }) => reason).join(' ');
  const actor = keeps === undefined ? describeActor(change, isOpener) : (keeps['portcullis/Change'] ?? '');
  const at = now.toISOString();
  return {
    ...common(request, status.control),
    FirstObservedAt: open?.FirstObservedAt ?? change.at,
    CreatedAt: before?.CreatedAt ?? at,
    UpdatedAt: at,
    Title: controlOf(status.control).title.slice(0, 256),
    Description: shortened(`${actor} ${reasons}`.trim()),
    ProductFields:
      keeps === undefined
        ? { ...actorFields(change, isOpener), ...reopeningFields(request, status.control), ...parameterFields(status) }
        : { ...ownFields(keeps), ...parameterFields(status) },
    Compliance: { Status: 'FAILED' },
    RecordState: 'ACTIVE',
  };
}

/** Who opened it stays on what is archived. */
function toPassed(request: OwnFindingsRequest, control: ControlId, before: KnownFinding): OwnFinding {
  return {
    ...common(request, control),
    FirstObservedAt: before.FirstObservedAt ?? before.CreatedAt,
    CreatedAt: before.CreatedAt,
    UpdatedAt: request.now.toISOString(),
    Title: before.Title,
    Description: before.Description,
    ProductFields: ownFields(before.ProductFields ?? {}),
    Compliance: { Status: 'PASSED' },
    RecordState: 'ARCHIVED',
  };
}

function common({ prefix, target }: OwnFindingsRequest, control: ControlId) {
  return {
    SchemaVersion: '2018-10-08',
    Id: ownFindingId(prefix, control, target),
    ProductArn: ownProductArn(target),
    // Names the control to whoever reads findings by it, our own rules for automatic closing among them.
    GeneratorId: generatorIdsOf(control, target.partition)[0] ?? '',
    AwsAccountId: target.account,
    Types: TYPES,
    Severity: { Label: SEVERITIES[control] ?? SEVERITY },
    Resources: [{ Type: RESOURCE_TYPES[target.kind], Id: targetArn(target), Region: target.region }],
  } as const;
}

/** Security Hub adds fields of its own, under a name that nobody else may write. */
function ownFields(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name.startsWith('portcullis/')));
}

function shortened(text: string): string {
  return text.length > DESCRIPTION_CHARACTERS ? `${text.slice(0, DESCRIPTION_CHARACTERS - 1)}…` : text;
}
