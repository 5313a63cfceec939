import { closeSync, openSync, writeSync } from 'node:fs';

const RULES_A_GROUP = 60;

/** Writes what `aws ec2 describe-security-group-rules` prints for so many groups of 60 rules; one group in ten is open on 22. */
export function writeSecurityGroupRules(file: string, groups: number): void {
  const output = openSync(file, 'w');
  try {
    writeSync(output, '{\n    "SecurityGroupRules": [\n');
    for (let group = 0; group < groups; group++) {
      const rules = Array.from({ length: RULES_A_GROUP }, (_, index) => JSON.stringify(ruleOf(group, index), null, 4));
      writeSync(output, `${group === 0 ? '' : ',\n'}${rules.join(',\n').replace(/^/gm, '        ')}`);
    }
    writeSync(output, '\n    ]\n}\n');
  } finally {
    closeSync(output);
  }
}

function ruleOf(group: number, index: number): object {
  const isEgress = index === 0;
  const port = isEgress ? -1 : index === 7 && group % 10 === 0 ? 22 : 1000 + index;
  return {
    SecurityGroupRuleId: `sgr-${idOf(group * RULES_A_GROUP + index)}`,
    GroupId: `sg-${idOf(group)}`,
    GroupOwnerId: '222222222222',
    IsEgress: isEgress,
    IpProtocol: isEgress ? '-1' : 'tcp',
    FromPort: port,
    ToPort: port,
    ...sourceOf(group, index, isEgress || port === 22),
    Description: `rule ${String(index)}`,
    Tags: [],
  };
}

function sourceOf(group: number, index: number, isOpen: boolean): object {
  if (isOpen) return { CidrIpv4: '0.0.0.0/0' };
  if (index % 10 === 3) return { ReferencedGroupInfo: { GroupId: `sg-${idOf(group + 1)}`, UserId: '222222222222' } };
  if (index % 10 === 5) return { CidrIpv6: `2001:db8:${index.toString(16)}::/48` };
  return { CidrIpv4: `10.${String(group % 256)}.${String(index)}.0/24` };
}

function idOf(number: number): string {
  return number.toString(16).padStart(17, '0');
}
