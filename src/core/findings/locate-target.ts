import { failure, success, type Result } from '../result';
import type { Target, ClosableKind } from '../target';

interface ResourcesOfFinding {
  readonly AwsAccountId: string;
  readonly Resources?: readonly { readonly Type?: string | undefined; readonly Id?: string | undefined }[] | undefined;
}

const ARN =
  /^arn:(aws[a-z-]*):ec2:([a-z]{2,}(?:-[a-z]+)+-\d+):(\d{12}):(security-group\/sg|network-acl\/acl)(-[0-9A-Za-z-]{1,64})$/;

const RESOURCE_TYPES: Readonly<Record<ClosableKind, string>> = {
  'security-group': 'AwsEc2SecurityGroup',
  'network-acl': 'AwsEc2NetworkAcl',
};

/**
 * What a finding is about: its first resource of the kind, or of either kind when the control is not known. Partition,
 * account and Region are those of the resource's ARN. The error is a sentence for the finding's note.
 */
export function locateTarget(finding: ResourcesOfFinding, kind: ClosableKind | undefined): Result<Target, string> {
  const resources = finding.Resources ?? [];
  const target = resources
    .map((resource) => parseTargetArn(resource.Id ?? ''))
    .find((candidate) => candidate !== undefined && (kind === undefined || candidate.kind === kind));
  if (target === undefined) return failure(whyNone(resources, kind));
  if (target.account !== finding.AwsAccountId) {
    return failure(
      `The finding is of account ${finding.AwsAccountId}, but its resource ${target.id} is of account ${target.account}.`,
    );
  }
  return success(target);
}

/** The target that an ARN of EC2 names, undefined when it is malformed or of another kind of resource. */
function parseTargetArn(arn: string): Target | undefined {
  const [, partition, region, account, resource, suffix] = ARN.exec(arn) ?? [];
  if (partition === undefined || region === undefined || account === undefined || resource === undefined)
    return undefined;
  const [kind, prefix] =
    resource === 'network-acl/acl' ? (['network-acl', 'acl'] as const) : (['security-group', 'sg'] as const);
  return { kind, partition, account, region, id: `${prefix}${suffix ?? ''}` };
}

function whyNone(
  resources: readonly { readonly Type?: string | undefined; readonly Id?: string | undefined }[],
  kind: ClosableKind | undefined,
): string {
  const wanted = kind === undefined ? Object.values(RESOURCE_TYPES) : [RESOURCE_TYPES[kind]];
  const malformed = resources.find((resource) => wanted.includes(resource.Type ?? ''));
  if (malformed !== undefined) return `The resource id "${malformed.Id ?? ''}" is not the ARN of ${nameOf(kind)}.`;
  if (resources.length === 0) return 'The finding names no resource.';
  const types = [...new Set(resources.map((resource) => resource.Type ?? 'a resource without a type'))].join(', ');
  return `The finding is about ${types}, not about ${nameOf(kind)}.`;
}

function nameOf(kind: ClosableKind | undefined): string {
  switch (kind) {
    case 'security-group':
      return 'a security group';
    case 'network-acl':
      return 'a network ACL';
    case undefined:
      return 'a security group or network ACL';
  }
}
