import { SECURITY_HUB_CONTROLS } from '../../controls/control-id';
import { controlOf } from '../../controls/control-registry';
import type { InputProblem } from '../../input-problem';
import { listOf, memberOf, textOf } from '../../read-member';
import { failure, success, type Result } from '../../result';
import { NOTE_AUTHOR } from '../../note-author';
import type { Finding } from '../finding';
import { locateTarget } from '../locate-target';
import { readComment } from './comment-signature';
import { controlNameOf, toAsffProduct } from './parse-ocsf-key';

/** A finding of Security Hub V2 in the shape of ours, and what only OCSF says of it. */
export interface OcsfFinding extends Finding {
  /** When the product last evaluated it, ISO 8601, UTC. */
  readonly updatedAt: string | undefined;
  readonly product: string;
  /** `metadata.product.uid`, as Security Hub V2 names the product. */
  readonly productUid: string;
  /** `EC2.13`, `S3.8`; undefined for findings that are of no control, such as those of Security Hub's own coverage. */
  readonly controlName: string | undefined;
  readonly standards: readonly string[];
  readonly requirements: readonly string[];
  readonly resourceName: string | undefined;
}

/** Whatever its class and version: https://docs.aws.amazon.com/securityhub/latest/userguide/ocsf-findings.html */
export function isOcsf(raw: unknown): boolean {
  return memberOf(raw, 'class_uid') !== undefined && memberOf(raw, 'finding_info') !== undefined;
}

const COMPLIANCE = ['NOT_AVAILABLE', 'PASSED', 'WARNING', 'FAILED'] as const;
const WORKFLOWS = ['NEW', 'NEW', 'NOTIFIED', 'SUPPRESSED', 'RESOLVED'] as const;
const SEVERITIES = ['INFORMATIONAL', 'INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL', 'CRITICAL'] as const;
const ARCHIVED: readonly unknown[] = [5, 6];
const CLOSED = 3;

/**
 * Reads a finding of `get-findings-v2`, of any version of OCSF. Its ids are those of its other face in ASFF: the same
 * `Id`, and the product's ARN with `product` where this one says `productv2`. An error means that it is no finding at
 * all.
 */
export function parseOcsfFinding(raw: unknown): Result<OcsfFinding, InputProblem> {
  const info = memberOf(raw, 'finding_info');
  const product = memberOf(memberOf(raw, 'metadata'), 'product');
  const cloud = memberOf(raw, 'cloud');
  const id = textOf(memberOf(info, 'uid'));
  const productUid = textOf(memberOf(product, 'uid'));
  const account = textOf(memberOf(memberOf(cloud, 'account'), 'uid'));
  if (id === undefined || id.trim() === '') return missing('finding_info.uid');
  if (productUid === undefined) return missing('metadata.product.uid');
  if (account === undefined) return missing('cloud.account.uid');
  const compliance = memberOf(raw, 'compliance');
  const controlName = controlNameOf(raw);
  const controlId = SECURITY_HUB_CONTROLS.find((one) => one === controlName);
  const kind =
    controlId !== undefined && controlOf(controlId).kind === 'network-acl-entries' ? 'network-acl' : 'security-group';
  const region = textOf(memberOf(cloud, 'region')) ?? '';
  const located = locateTarget(
    { AwsAccountId: account, Resources: resourcesOf(raw, account, region) },
    controlId === undefined ? undefined : kind,
  );
  const updatedAt = timeOf(info, 'modified_time') ?? timeOf(raw, 'time');
  return success({
    id,
    productArn: toAsffProduct(productUid),
    account,
    region,
    title: textOf(memberOf(info, 'title')) ?? '',
    // What a control was configured with is not read from here: no published finding shows its shape.
    control: controlId === undefined ? undefined : { id: controlId, parameters: [] },
    target: located.ok ? located.value : undefined,
    problem:
      controlId === undefined
        ? `Portcullis does not close what ${controlName ?? 'a finding without a control'} reports.`
        : located.ok
          ? undefined
          : located.error,
    compliance: COMPLIANCE[numberIn(compliance, 'status_id')] ?? 'NOT_AVAILABLE',
    workflow: WORKFLOWS[numberIn(raw, 'status_id')] ?? 'NEW',
    recordState:
      memberOf(raw, 'activity_id') === CLOSED || ARCHIVED.includes(memberOf(raw, 'status_id')) ? 'ARCHIVED' : 'ACTIVE',
    severity: SEVERITIES[numberIn(raw, 'severity_id')] ?? 'INFORMATIONAL',
    firstObservedAt: timeOf(info, 'first_seen_time') ?? timeOf(info, 'created_time'),
    ...commentOf(raw, updatedAt),
    updatedAt,
    productUid,
    product: textOf(memberOf(product, 'name')) ?? 'unknown product',
    controlName,
    standards: listOf(memberOf(compliance, 'standards')).flatMap((one) => textOf(one) ?? []),
    requirements: listOf(memberOf(compliance, 'requirements')).flatMap((one) => textOf(one) ?? []),
    resourceName: listOf(memberOf(raw, 'resources')).flatMap((one) => textOf(memberOf(one, 'name')) ?? [])[0],
  });
}

function missing(field: string): Result<never, InputProblem> {
  return failure({ field, value: undefined, message: 'is missing' });
}

const TYPES: Readonly<Record<string, readonly [asff: string, arn: string]>> = {
  'AWS::EC2::SecurityGroup': ['AwsEc2SecurityGroup', 'security-group'],
  'AWS::EC2::NetworkAcl': ['AwsEc2NetworkAcl', 'network-acl'],
};

const NATIVE_ID = /^(sg|acl)-[0-9A-Za-z-]+$/;

/** The ARN is in `uid_alt` or in `uid`; where only the id itself is there, the ARN is made of it. */
function resourcesOf(raw: unknown, account: string, region: string) {
  return listOf(memberOf(raw, 'resources')).map((resource) => {
    const type = textOf(memberOf(resource, 'type')) ?? '';
    const [Type, name] = TYPES[type] ?? [type, ''];
    const uids = [textOf(memberOf(resource, 'uid_alt')), textOf(memberOf(resource, 'uid'))];
    const arn = uids.find((uid) => uid?.startsWith('arn:'));
    const uid = uids.find((one) => one !== undefined && NATIVE_ID.test(one));
    if (arn !== undefined || uid === undefined || name === '') return { Type, Id: arn ?? uids[1] ?? uids[0] };
    const partition = textOf(memberOf(resource, 'cloud_partition')) ?? 'aws';
    const where = textOf(memberOf(resource, 'region')) ?? region;
    const owner = textOf(memberOf(memberOf(memberOf(resource, 'owner'), 'account'), 'uid')) ?? account;
    return { Type, Id: `arn:${partition}:ec2:${where}:${owner}:${name}/${uid}` };
  });
}

/** V2 keeps no author and no time of a comment, and no fields beside it: a comment of ours ends in all of them. */
function commentOf(raw: unknown, updatedAt: string | undefined): Pick<Finding, 'note'> & Partial<Finding> {
  const comment = textOf(memberOf(raw, 'comment'));
  if (comment === undefined) return { note: undefined };
  const { text, signature } = readComment(comment);
  if (signature === undefined) return { note: { text, updatedBy: '', updatedAt: updatedAt ?? '' } };
  const { at, outcome, remediationId } = signature;
  const note = { text, updatedBy: NOTE_AUTHOR, updatedAt: at };
  if (outcome === undefined) return { note };
  return {
    note,
    portcullisOutcome: outcome,
    ...(remediationId === undefined ? {} : { portcullisRemediationId: remediationId }),
    userDefinedFields: {
      PortcullisOutcome: outcome,
      ...(remediationId === undefined ? {} : { PortcullisRemediationId: remediationId }),
    },
  };
}

/** OCSF has times as milliseconds and, with the profile of dates, as text beside it. */
function timeOf(value: unknown, name: string): string | undefined {
  const text = textOf(memberOf(value, `${name}_dt`));
  if (text !== undefined) return text;
  const millis = memberOf(value, name);
  if (typeof millis !== 'number' || Math.abs(millis) > 8.64e15) return undefined;
  return new Date(millis).toISOString();
}

function numberIn(value: unknown, name: string): number {
  const number = memberOf(value, name);
  return typeof number === 'number' ? number : 0;
}
