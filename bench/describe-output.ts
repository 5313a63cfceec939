import { closeSync, openSync, writeSync } from 'node:fs';

/** Rules of a generated group; EC2 lets a group have so many, unless the quota was raised. */
const RULES_A_GROUP = 60;

/** The most groups that EC2 answers in one page. */
const GROUPS_A_PAGE = 1_000;

/** Where in a file the elements of a list stand, a page at a time: from the first byte to behind the last one. */
export type PageBounds = readonly [from: number, to: number];

/**
 * Writes what `aws ec2 describe-security-groups` prints for so many groups; one group in ten is open to the internet.
 */
export function writeSecurityGroups(file: string, groups: number): readonly PageBounds[] {
  return writeList(file, 'SecurityGroups', groups, (group) => [groupOf(group)]);
}

/** Writes what `aws ec2 describe-security-group-rules` prints for the same groups. */
export function writeSecurityGroupRules(file: string, groups: number): readonly PageBounds[] {
  return writeList(file, 'SecurityGroupRules', groups, rulesOf);
}

function writeList(
  file: string,
  list: string,
  groups: number,
  elementsOf: (group: number) => readonly object[],
): readonly PageBounds[] {
  const output = openSync(file, 'w');
  const pages: PageBounds[] = [];
  try {
    let at = writeSync(output, `{\n    "${list}": [\n`);
    for (let first = 0; first < groups; first += GROUPS_A_PAGE) {
      const from = at;
      const last = Math.min(groups, first + GROUPS_A_PAGE);
      for (let group = first; group < last; group++) {
        if (group > first) at += writeSync(output, ',\n');
        const texts = elementsOf(group).map((element) => JSON.stringify(element, null, 4).replace(/^/gm, '        '));
        at += writeSync(output, texts.join(',\n'));
      }
      pages.push([from, at]);
      if (last < groups) at += writeSync(output, ',\n');
    }
    writeSync(output, '\n    ]\n}\n');
    return pages;
  } finally {
    closeSync(output);
  }
}

function groupOf(group: number): object {
  const permissions = new Map<number, ReturnType<typeof permissionOf>>();
  for (let index = 1; index < RULES_A_GROUP; index++) {
    const port = portOf(group, index);
    const permission = permissions.get(port) ?? permissionOf(port);
    permissions.set(port, permission);
    const { CidrIpv4: CidrIp, ...source } = sourceOf(group, index);
    const Description = `rule ${String(index)}`;
    if (CidrIp !== undefined) permission.IpRanges.push({ Description, CidrIp });
    else if ('CidrIpv6' in source) permission.Ipv6Ranges.push({ Description, ...source });
    else permission.UserIdGroupPairs.push({ Description, ...source.ReferencedGroupInfo });
  }
  return {
    GroupId: groupIdOf(group),
    IpPermissionsEgress: [
      {
        IpProtocol: '-1',
        UserIdGroupPairs: [],
        IpRanges: [{ CidrIp: '0.0.0.0/0' }],
        Ipv6Ranges: [],
        PrefixListIds: [],
      },
    ],
    Tags: [{ Key: 'owner', Value: `team ${String(group % 100)}` }],
    VpcId: 'vpc-0a1b2c3d4e5f60718',
    SecurityGroupArn: `arn:aws:ec2:eu-central-1:222222222222:security-group/${groupIdOf(group)}`,
    OwnerId: '222222222222',
    GroupName: `group ${String(group)}`,
    Description: 'generated',
    IpPermissions: [...permissions.values()],
  };
}

function permissionOf(port: number) {
  return {
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    UserIdGroupPairs: [] as object[],
    IpRanges: [] as object[],
    Ipv6Ranges: [] as object[],
    PrefixListIds: [] as object[],
  };
}

function rulesOf(group: number): readonly object[] {
  return Array.from({ length: RULES_A_GROUP }, (_, index) => {
    const isEgress = index === 0;
    const port = isEgress ? -1 : portOf(group, index);
    return {
      SecurityGroupRuleId: `sgr-${idOf(group * RULES_A_GROUP + index)}`,
      GroupId: groupIdOf(group),
      GroupOwnerId: '222222222222',
      IsEgress: isEgress,
      IpProtocol: isEgress ? '-1' : 'tcp',
      FromPort: port,
      ToPort: port,
      ...(isEgress ? { CidrIpv4: '0.0.0.0/0' } : sourceOf(group, index)),
      Description: `rule ${String(index)}`,
      Tags: [],
    };
  });
}

/** The index of the rule that is open in every tenth group. */
const OPEN_RULE = 7;

function portOf(group: number, index: number): number {
  return isOpen(group, index) ? 22 : 1000 + (index >> 1);
}

function sourceOf(group: number, index: number) {
  if (isOpen(group, index)) return { CidrIpv4: '0.0.0.0/0' };
  if (index % 10 === 3) return { ReferencedGroupInfo: { GroupId: groupIdOf(group + 1), UserId: '222222222222' } };
  if (index % 10 === 5) return { CidrIpv6: `2001:db8:${index.toString(16)}::/48` };
  return { CidrIpv4: `10.${String(group % 256)}.${String(index)}.0/24` };
}

function isOpen(group: number, index: number): boolean {
  return group % 10 === 0 && index === OPEN_RULE;
}

function groupIdOf(group: number): string {
  return `sg-${idOf(group)}`;
}

function idOf(number: number): string {
  return number.toString(16).padStart(17, '0');
}
