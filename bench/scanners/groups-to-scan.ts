const PERMISSIONS = 15;
const RANGES = 4;
/** Every fifth group has SSH open to the world, half of them over IPv6. */
const OPEN_EVERY = 5;

/** What `aws ec2 describe-security-groups` prints for so many groups of 60 rules. */
export function groupsToScan(groups: number): object {
  return { SecurityGroups: Array.from({ length: groups }, (_, index) => groupOf(index)) };
}

/** Ids of the groups that every scanner must find. */
export function openGroups(groups: number): readonly string[] {
  return Array.from({ length: groups }, (_, index) => index)
    .filter((index) => index % OPEN_EVERY === 0)
    .map(idOf)
    .sort();
}

function groupOf(index: number): object {
  return {
    GroupId: idOf(index),
    GroupName: `group ${String(index)}`,
    Description: 'generated',
    OwnerId: '222222222222',
    VpcId: 'vpc-0a1b2c3d4e5f60718',
    Tags: [],
    IpPermissions: Array.from({ length: PERMISSIONS }, (_, number) => permissionOf(index, number)),
    IpPermissionsEgress: [],
  };
}

function permissionOf(index: number, number: number): object {
  const port = number === 0 ? 22 : 1_000 + number;
  const isOpen = number === 0 && index % OPEN_EVERY === 0;
  const isOverIpv6 = isOpen && index % (2 * OPEN_EVERY) === 0;
  const offices = Array.from({ length: RANGES - 1 }, (_, range) => ({
    CidrIp: `10.${String(index % 256)}.${String(number)}.${String(range * 16)}/28`,
    Description: `office ${String(range)}`,
  }));
  const last = { CidrIp: isOpen && !isOverIpv6 ? '0.0.0.0/0' : '192.168.0.0/16' };
  return {
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    IpRanges: [...offices, last],
    Ipv6Ranges: isOverIpv6 ? [{ CidrIpv6: '::/0' }] : [],
    PrefixListIds: [],
    UserIdGroupPairs: [],
  };
}

function idOf(index: number): string {
  return `sg-${index.toString(16).padStart(17, '0')}`;
}
