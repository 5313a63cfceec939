import type { Tag } from '../network/security-group-rule';
import type { Fact, ManagedBy, OpenedBy } from './context';
import { known, unknown } from './fact';

export interface ManagedTarget {
  readonly tags: readonly Tag[];
  /** Of the security group; a network ACL has none. */
  readonly name?: string;
  /** Who opened it: the tool that it was opened with will open it again. */
  readonly openedBy?: Fact<OpenedBy>;
}

/**
 * What deploys a target. CloudFormation tags what it makes; Firewall Manager names its groups; Terraform leaves only
 * the tags that people configure, and its user agent in CloudTrail; without that, nothing seen says nothing.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html
 */
export function toManagedBy({ tags, name = '', openedBy }: ManagedTarget): Fact<ManagedBy> {
  const stack = valueOf('aws:cloudformation:stack-name', tags);
  const logicalId = valueOf('aws:cloudformation:logical-id', tags);
  const opener = openedBy?.known === true ? openedBy.value.with : undefined;
  if (stack !== undefined) {
    const by = opener === 'cdk' || tags.some(({ Key }) => /^aws[-:]cdk\b/i.test(Key)) ? 'cdk' : 'cloudformation';
    const value = { by, name: stack, ...(logicalId === undefined ? {} : { logicalId }) } as const;
    return known(value, `tag aws:cloudformation:stack-name=${stack}`);
  }
  if (/^FMManagedSecurityGroup/.test(name)) return known({ by: 'firewall-manager', name }, `the group's name, ${name}`);
  const terraform = tags.find(isOfTerraform);
  if (terraform) return known({ by: 'terraform' }, `tag ${terraform.Key}=${terraform.Value}`);
  if (opener === 'terraform') return known({ by: 'terraform' }, 'it was opened with Terraform, as CloudTrail says');
  if (opener === 'cloudformation' || opener === 'cdk') {
    return known({ by: opener }, 'it was opened by CloudFormation, as CloudTrail says');
  }
  const nothing = 'no tag or name of CloudFormation, Terraform or Firewall Manager';
  // Terraform leaves no mark of its own: who opened it may be all that shows it.
  if (openedBy?.known === false) return unknown(`${nothing}, and who opened it is not known: ${openedBy.reason}`);
  return known({ by: 'none-seen' }, nothing);
}

function isOfTerraform({ Key, Value }: Tag): boolean {
  const isManagedBy = /^(managed[-_]?by|provisioner|created[-_]?by|iac)$/i.test(Key);
  return (
    (isManagedBy && /terraform|opentofu/i.test(Value)) || (/^terraform$/i.test(Key) && !/^(false|no)$/i.test(Value))
  );
}

function valueOf(key: string, tags: readonly Tag[]): string | undefined {
  return tags.find(({ Key }) => Key === key)?.Value;
}
