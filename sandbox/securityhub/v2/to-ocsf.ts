import type { AwsSecurityFinding, Resource } from '@aws-sdk/client-securityhub';

import type { StoredFinding } from '../finding-store';
import { metadataUidOf, type Face } from './faces';
import { SEVERITIES, STATUSES } from './ocsf-ids';

/** As far as the filters of GetFindingsV2 and its readers go into it. */
export type Ocsf = Readonly<Record<string, unknown>>;

const COMPLIANCE: Readonly<Record<string, readonly [id: number, status: string]>> = {
  PASSED: [1, 'Pass'],
  WARNING: [2, 'Warning'],
  FAILED: [3, 'Fail'],
};
const SEVERITY_IDS: Readonly<Record<string, number>> = { INFORMATIONAL: 1, LOW: 2, MEDIUM: 3, HIGH: 4, CRITICAL: 5 };
const ACTIVITIES = new Map([
  [1, 'Create'],
  [2, 'Update'],
  [3, 'Close'],
]);
const CLOSE = 3;

/**
 * A finding of a control as a Compliance Finding of OCSF, in the form of published ones.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/ocsf-findings.html
 */
export function toOcsf(stored: StoredFinding, face: Face): Ocsf {
  const { finding, account, region } = stored;
  const activity = finding.RecordState === 'ARCHIVED' ? CLOSE : finding.CreatedAt === finding.UpdatedAt ? 1 : 2;
  const [complianceId, compliance] = COMPLIANCE[finding.Compliance?.Status ?? ''] ?? [99, 'Other'];
  const vendorSeverity = SEVERITY_IDS[finding.Severity?.Label ?? ''] ?? 0;
  const severity = face.severityId ?? vendorSeverity;
  return {
    activity_id: activity,
    activity_name: ACTIVITIES.get(activity),
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2003,
    class_name: 'Compliance Finding',
    type_uid: 200_300 + activity,
    cloud: { account: { uid: account, type: 'AWS Account', type_id: 10 }, provider: 'AWS', region },
    ...(face.comment === undefined ? {} : { comment: face.comment }),
    compliance: {
      control: finding.Compliance?.SecurityControlId,
      standards: (finding.Compliance?.AssociatedStandards ?? []).flatMap(({ StandardsId }) => StandardsId ?? []),
      status: compliance,
      status_id: complianceId,
    },
    finding_info: {
      uid: finding.Id,
      title: finding.Title,
      desc: finding.Description,
      types: finding.Types,
      ...times('created_time', finding.CreatedAt),
      ...times('first_seen_time', finding.FirstObservedAt),
      ...times('last_seen_time', finding.LastObservedAt),
      ...times('modified_time', finding.UpdatedAt),
    },
    metadata: {
      product: {
        name: 'Security Hub',
        vendor_name: 'AWS',
        uid: (finding.ProductArn ?? '').replace('::product/', '::productv2/'),
      },
      uid: metadataUidOf(stored),
      version: '1.6.0',
    },
    resources: (finding.Resources ?? []).map((resource) => toResource(resource, stored)),
    severity: SEVERITIES.get(severity),
    severity_id: severity,
    status: STATUSES.get(face.statusId),
    status_id: face.statusId,
    ...times('time', finding.UpdatedAt),
    vendor_attributes: { severity: SEVERITIES.get(vendorSeverity), severity_id: vendorSeverity },
  };
}

function times(name: string, text: string | undefined): Ocsf {
  const millis = Date.parse(text ?? '');
  return Number.isNaN(millis) ? {} : { [name]: millis, [`${name}_dt`]: text };
}

const TYPES: Readonly<Record<string, string>> = {
  AwsEc2SecurityGroup: 'AWS::EC2::SecurityGroup',
  AwsEc2NetworkAcl: 'AWS::EC2::NetworkAcl',
};

/**
 * Published findings name a resource either way round: its native id in `uid` with the ARN beside it, or the ARN alone.
 * Both are played: the one for security groups, the other for everything else.
 */
function toResource(
  { Id = '', Type = '', Partition, Region, Tags }: Resource,
  { account, region }: Pick<StoredFinding, 'account' | 'region'> & { readonly finding: AwsSecurityFinding },
): Ocsf {
  const nativeId = /:security-group\/(sg-[^/]+)$/.exec(Id)?.[1];
  return {
    type: TYPES[Type] ?? Type,
    ...(nativeId === undefined ? { uid: Id } : { uid: nativeId, uid_alt: Id }),
    region: Region ?? region,
    cloud_partition: Partition ?? Id.split(':')[1],
    owner: { account: { uid: account } },
    ...(Tags === undefined ? {} : { tags: Object.entries(Tags).map(([name, value]) => ({ name, value })) }),
  };
}
