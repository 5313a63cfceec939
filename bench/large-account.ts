import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';

/** Every fifth group has one rule that is open to the internet; the others have only addresses of an office. */
const OPEN_EVERY = 5;
const PORTS = [22, 80, 443, 3306, 5432, 8080, 8443, 9092];

/** What `aws ec2 describe-security-groups` prints of one group with some rules, without line breaks. */
export function groupOf(index: number, rules: number): string {
  const permissions: object[] = [];
  let left = rules;
  for (let number = 0; left > 0; number++) {
    const sources = Math.min(left, 1 + ((index + number) % 5));
    left -= sources;
    const port = (PORTS[number % PORTS.length] ?? 0) + Math.floor(number / PORTS.length) * 10_000;
    const isOpen = index % OPEN_EVERY === 0 && number === 0;
    permissions.push({
      IpProtocol: 'tcp',
      FromPort: port,
      ToPort: port,
      UserIdGroupPairs: [],
      IpRanges: Array.from({ length: sources }, (_, source) => ({
        Description: `office ${String(source)}`,
        CidrIp:
          isOpen && source === 0
            ? '0.0.0.0/0'
            : `10.${String(index % 256)}.${String(number)}.${String(source * 16)}/28`,
      })),
      Ipv6Ranges: [],
      PrefixListIds: [],
    });
  }
  return JSON.stringify({
    GroupId: `sg-${index.toString(16).padStart(17, '0')}`,
    IpPermissionsEgress: [],
    Tags: [],
    VpcId: 'vpc-0a1b2c3d4e5f60718',
    OwnerId: '222222222222',
    GroupName: `group ${String(index)}`,
    Description: 'generated',
    IpPermissions: permissions,
  });
}

/** Writes a file of that many groups, without holding them. */
export async function writeLargeAccount(file: string, groups: number, rules: number): Promise<void> {
  const stream = createWriteStream(file);
  for (let index = 0; index < groups; index++) {
    const text = `${index === 0 ? '{"SecurityGroups":[' : ','}${groupOf(index, rules)}`;
    if (!stream.write(text)) await once(stream, 'drain');
  }
  stream.end(']}');
  await finished(stream);
}
