import { controlOf } from '../controls/control-registry';
import type { OwnFinding } from '../detection/own-finding';
import { ownProductArn } from '../detection/to-own-findings';
import { targetArn, type Target } from '../target';
import { DRILL_CONTROLS, type DrillControl } from './drill-control';

export interface DrillFindingRequest {
  /** Begins the id, so that `drill --clean` finds it. */
  readonly made: string;
  readonly drillId: string;
  readonly control: DrillControl;
  readonly target: Target;
  /** ISO 8601, UTC. */
  readonly at: string;
}

const TYPES = ['Software and Configuration Checks/AWS Security Best Practices/Network Reachability'];

/** The finding that a drill has closed: of the account's own default product, failed, about the target. */
export function toDrillFinding({ made, drillId, control, target, at }: DrillFindingRequest): OwnFinding {
  const Type = target.kind === 'security-group' ? 'AwsEc2SecurityGroup' : 'AwsEc2NetworkAcl';
  return {
    SchemaVersion: '2018-10-08',
    Id: `${made}/${drillId}/${control}/${targetArn(target)}`,
    ProductArn: ownProductArn(target),
    GeneratorId: `security-control/${control}`,
    AwsAccountId: target.account,
    Types: TYPES,
    FirstObservedAt: at,
    CreatedAt: at,
    UpdatedAt: at,
    Severity: { Label: 'MEDIUM' },
    Title: `Drill: ${controlOf(control).title}`.slice(0, 256),
    Description: `${drillId} of Portcullis opened ${target.id} on purpose. It is attached to nothing, and removed at the end.`,
    ProductFields: { 'portcullis/Drill': drillId },
    Resources: [{ Type, Id: targetArn(target), Region: target.region }],
    Compliance: { Status: 'FAILED' },
    RecordState: 'ACTIVE',
  };
}

/**
 * The same once the drill is over: PASSED and archived. Security Hub lets nobody delete a finding; it forgets archived
 * ones.
 */
export function toEnded(finding: OwnFinding, at: string): OwnFinding {
  return { ...finding, UpdatedAt: at, Compliance: { Status: 'PASSED' }, RecordState: 'ARCHIVED' };
}

const KIND = /^arn:([^:]+):ec2:([^:]+):(\d{12}):(security-group|network-acl)\/(.+)$/;

/**
 * What a finding of a drill is about, by its id alone: that of one that was killed is all that is left of it. Undefined
 * for everybody else's.
 */
export function parseDrillFindingId(id: string, made: string): Omit<DrillFindingRequest, 'at'> | undefined {
  const [start, drillId = '', controlId, ...rest] = id.split('/');
  const control = DRILL_CONTROLS.find((each) => each === controlId);
  const [, partition = '', region = '', account = '', kind, name = ''] = KIND.exec(rest.join('/')) ?? [];
  if (start !== made || control === undefined || (kind !== 'security-group' && kind !== 'network-acl'))
    return undefined;
  return { made, drillId, control, target: { kind, partition, account, region, id: name } };
}
