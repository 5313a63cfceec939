import { success, type Result } from '../result';
import { checkCidr } from './check-cidr';
import { checkTraffic } from './check-ports';
import type { NetworkAcl, NetworkAclEntry } from './network-acl';
import { entryKey } from './network-acl-entry';
import { parseTags } from './parse-tags';
import {
  isFields,
  readBoolean,
  readList,
  readOptionalInteger,
  readOptionalText,
  readText,
  type Fields,
} from './read-field';
import { ruleProblem, within, type RuleProblem } from './rule-problem';

/** Numbers above 32766 are EC2's own last entries: 32767 denies the rest of IPv4, 32768 the rest of IPv6. */
const HIGHEST_RULE_NUMBER = 32768;
const HIGHEST_OWN_RULE_NUMBER = 32766;

/** One of what `aws ec2 describe-network-acls` prints. */
export function parseNetworkAcl(fields: Fields): Result<NetworkAcl, RuleProblem> {
  const id = readText(fields, 'NetworkAclId');
  if (!id.ok) return id;
  const isDefault = readBoolean(fields, 'IsDefault');
  if (!isDefault.ok) return isDefault;
  const vpcId = readOptionalText(fields, 'VpcId');
  if (!vpcId.ok) return vpcId;
  const tags = parseTags(fields);
  if (!tags.ok) return tags;
  const entries = readList(fields, 'Entries', parseNetworkAclEntry);
  if (!entries.ok) return entries;
  const twice = repeatedIn(entries.value);
  if (twice !== undefined) return twice;
  return success({
    kind: 'network-acl',
    id: id.value,
    isDefault: isDefault.value,
    ...(vpcId.value === undefined ? {} : { vpcId: vpcId.value }),
    tags: tags.value,
    entries: entries.value,
  });
}

/** EC2 has one entry of a number in each direction: of two, a plan would not know which one is replaced. */
function repeatedIn(entries: readonly NetworkAclEntry[]): ReturnType<typeof ruleProblem> | undefined {
  const keys = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const key = entryKey(entry);
    if (keys.has(key)) {
      const field = `Entries[${String(index)}].RuleNumber`;
      return ruleProblem('duplicate', field, entry.RuleNumber, 'is there twice in one direction; give each entry once');
    }
    keys.add(key);
  }
  return undefined;
}

function parseNetworkAclEntry(fields: Fields): Result<NetworkAclEntry, RuleProblem> {
  const number = readOptionalInteger(fields, 'RuleNumber');
  if (!number.ok) return number;
  if (number.value === undefined || number.value < 1 || number.value > HIGHEST_RULE_NUMBER) {
    return ruleProblem(
      'number-out-of-range',
      'RuleNumber',
      number.value,
      `is not a rule number; write 1 to ${String(HIGHEST_RULE_NUMBER)}`,
    );
  }
  const action = readText(fields, 'RuleAction');
  if (!action.ok) return action;
  if (action.value !== 'allow' && action.value !== 'deny') {
    return ruleProblem('unknown-action', 'RuleAction', action.value, 'is not an action; write allow or deny');
  }
  if (action.value === 'allow' && number.value > HIGHEST_OWN_RULE_NUMBER) {
    return ruleProblem(
      'number-out-of-range',
      'RuleNumber',
      number.value,
      `is of an entry of EC2's own, which denies; write 1 to ${String(HIGHEST_OWN_RULE_NUMBER)}`,
    );
  }
  const egress = readBoolean(fields, 'Egress');
  if (!egress.ok) return egress;
  const protocol = readText(fields, 'Protocol');
  if (!protocol.ok) return protocol;
  const ports = readPair(fields, 'PortRange', 'From', 'To');
  if (!ports.ok) return ports;
  const icmp = readPair(fields, 'IcmpTypeCode', 'Type', 'Code');
  if (!icmp.ok) return icmp;
  const traffic = checkTraffic(
    protocol.value,
    { from: ports.value?.[0], to: ports.value?.[1] },
    { protocol: 'Protocol', from: 'PortRange.From', to: 'PortRange.To' },
  );
  if (!traffic.ok) return traffic;
  const source = readSource(fields);
  if (!source.ok) return source;
  return success({
    ...source.value,
    RuleNumber: number.value,
    RuleAction: action.value,
    Egress: egress.value,
    Protocol: protocol.value,
    ...(ports.value === undefined ? {} : { PortRange: { From: ports.value[0], To: ports.value[1] } }),
    ...(icmp.value === undefined ? {} : { IcmpTypeCode: { Type: icmp.value[0], Code: icmp.value[1] } }),
  });
}

function readSource(fields: Fields): Result<Pick<NetworkAclEntry, 'CidrBlock' | 'Ipv6CidrBlock'>, RuleProblem> {
  const ipv4 = readOptionalText(fields, 'CidrBlock');
  if (!ipv4.ok) return ipv4;
  const ipv6 = readOptionalText(fields, 'Ipv6CidrBlock');
  if (!ipv6.ok) return ipv6;
  if ((ipv4.value === undefined) === (ipv6.value === undefined)) {
    const found = ipv4.value === undefined ? 'has no source' : 'has two sources';
    return ruleProblem('source-count', '', undefined, `${found}; an entry has either CidrBlock or Ipv6CidrBlock`);
  }
  if (ipv4.value !== undefined) {
    const checked = checkCidr(ipv4.value, 'ipv4', 'CidrBlock');
    return checked.ok ? success({ CidrBlock: ipv4.value }) : checked;
  }
  if (ipv6.value === undefined) return success({});
  const checked = checkCidr(ipv6.value, 'ipv6', 'Ipv6CidrBlock');
  return checked.ok ? success({ Ipv6CidrBlock: ipv6.value }) : checked;
}

function readPair(
  fields: Fields,
  name: string,
  first: string,
  second: string,
): Result<readonly [number, number] | undefined, RuleProblem> {
  const pair = fields[name];
  if (pair === undefined || pair === null) return success(undefined);
  if (!isFields(pair)) return ruleProblem('wrong-type', name, pair, 'is not an object; give what the AWS CLI prints');
  const one = readOptionalInteger(pair, first);
  if (!one.ok) return within(name, one.error);
  const other = readOptionalInteger(pair, second);
  if (!other.ok) return within(name, other.error);
  if (one.value === undefined && other.value === undefined) return success(undefined);
  if (one.value === undefined || other.value === undefined) {
    return ruleProblem('missing', name, pair, `needs both ${first} and ${second}`);
  }
  return success([one.value, other.value]);
}
