import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServices } from '../../../sandbox';
import { runCli } from '../../cli/run-cli';
import { aclPackets, isViolating, letsIn } from '../../oracle/network-acl';
import { deploy, HUB, MEMBER, type Deployed } from '../deployed-portcullis';
import type { EntryToMake } from '../deployed/network-acls';
import { toEntry } from '../to-core';

const PLACE = { account: MEMBER, region: 'us-east-1' };

const ipv4 = (RuleNumber: number, Protocol: string, From?: number, To?: number): EntryToMake => ({
  RuleNumber,
  RuleAction: 'allow',
  Protocol,
  CidrBlock: '0.0.0.0/0',
  ...(From !== undefined && { PortRange: { From, To } }),
});

const DUAL_STACK: readonly EntryToMake[] = [
  ipv4(100, '-1'),
  { RuleNumber: 101, RuleAction: 'allow', Protocol: '-1', Ipv6CidrBlock: '::/0' },
];

const TERRAFORM: readonly EntryToMake[] = [
  ipv4(100, '6', 80, 80),
  ipv4(101, '6', 443, 443),
  ipv4(102, '6', 1024, 65535),
  ipv4(103, '17', 1024, 65535),
];

interface Accounts {
  readonly countsFamiliesTogether: boolean;
}

/** Closes and undoes with the policy that Portcullis comes with, judged by the oracle and by `portcullis verify`. */
async function closeAndUndo(entries: readonly EntryToMake[], { countsFamiliesTogether }: Accounts) {
  const services = createServices({ ec2: { countsFamiliesTogether }, lambda: { processesPerFunction: 1 } });
  const portcullis = await deploy({ clockMode: 'skipping', services });
  const directory = mkdtempSync(join(tmpdir(), 'portcullis-entries-'));
  try {
    const acl = await portcullis.openNetworkAcl(PLACE, await portcullis.openVpc(PLACE), entries);
    const readRules = async () => (await portcullis.entriesOf(acl)).map(toEntry).filter(({ Egress }) => !Egress);
    const before = await readRules();
    const id = await portcullis.importFinding(acl, 'EC2.21');
    await portcullis.press(id);
    await portcullis.settle();
    const closed = await portcullis.findingOf(id);
    const after = await readRules();
    const verified = await verify(portcullis, closed.UserDefinedFields?.['PortcullisRemediationId'] ?? '', directory);
    await portcullis.choose('Undo closing', id);
    await portcullis.settle();
    return { before, after, undone: await readRules(), closed, verified };
  } finally {
    await portcullis.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function verify(portcullis: Deployed, remediationId: string, directory: string): Promise<number | null> {
  const endpoint = await portcullis.clients.events.config.endpoint?.();
  const env = {
    AWS_ENDPOINT_URL: `http://${endpoint?.hostname ?? ''}:${String(endpoint?.port)}`,
    AWS_REGION: portcullis.hub.region,
    AWS_ACCESS_KEY_ID: HUB,
    AWS_SECRET_ACCESS_KEY: 'any',
  };
  const file = join(directory, 'certificate.json');
  await runCli(['show', remediationId, '--certificate', file], { env });
  return (await runCli(['verify', file], { env: {} })).exitCode;
}

describe('network ACLs whose entries are numbered one after the other, at default settings', () => {
  test.each([
    ['allowing all, of both families', DUAL_STACK, { countsFamiliesTogether: false }, []],
    ['allowing all, where EC2 counts both families together', DUAL_STACK, { countsFamiliesTogether: true }, [47]],
    ['public and return ports, as Terraform makes them', TERRAFORM, { countsFamiliesTogether: false }, []],
  ] as const)('%s: closed, verified, and undone entry by entry', async (_, entries, accounts, lost) => {
    const { before, after, undone, closed, verified } = await closeAndUndo(entries, accounts);
    expect(closed.Workflow?.Status).toBe('RESOLVED');
    expect(verified).toBe(0);
    expect(after.filter(isViolating)).toEqual([]);
    const [had, has] = [letsIn(before), letsIn(after)];
    const packets = aclPackets([...before, ...after]);
    expect(packets.filter((packet) => has(packet) && !had(packet))).toEqual([]);
    const blocked = packets.filter((packet) => had(packet) && !has(packet));
    const isSshOrRdp = ({ protocol, port }: (typeof blocked)[number]): boolean =>
      [6, 17].includes(protocol) && [22, 3389].includes(port);
    // Protocol 132 stands for what the policy does not keep, and each family has an icmp of its own.
    const others = new Set(blocked.filter((one) => !isSshOrRdp(one)).map(({ protocol }) => protocol));
    const all = entries === TERRAFORM ? [] : [1, 58, 132, ...lost];
    expect([...others].sort()).toEqual([...all].sort());
    for (const protocol of lost) expect(closed.Note?.Text).toContain(`protocol ${String(protocol)} from ::/0`);
    expect(undone).toEqual(before);
  });
});
