import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  type IpPermission,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import { pressCustomAction } from '../../src/cli/scenarios/press';
import { deploy, MEMBER, SANDBOX_FILE, type Deployed, type Group } from './deployed-portcullis';

/**
 * The planner's table once more, this time through events, functions, roles and runbooks: every row that EC2 can hold is
 * closed, undone and closed again, and each time holds exactly the rules that the row expects.
 */

interface Row {
  readonly name: string;
  readonly controls: readonly string[];
  readonly parameters?: readonly { readonly Name: string; readonly Value: string[] }[];
  readonly policy?: object;
  readonly prefixLists?: object;
  readonly input: { readonly SecurityGroupRules?: readonly SecurityGroupRule[] };
  readonly expected: {
    readonly steps: readonly string[];
    readonly remaining: readonly string[];
    readonly ask: readonly string[];
  };
}

const PLACE = { account: MEMBER, region: 'eu-central-1' };
const CASES = join(__dirname, '..', 'cases');
/** What the console lets a person select at once. */
const SELECTABLE = 20;

const ROWS = readdirSync(CASES)
  .filter((file) => file.endsWith('.json'))
  .flatMap((file) => JSON.parse(readFileSync(join(CASES, file), 'utf8')) as readonly Row[])
  .filter(isPlayable);

/** Under the sandbox's own policy, about ingress, and closed without a question. */
function isPlayable({ controls, policy, prefixLists, input, expected }: Row): boolean {
  const rules = input.SecurityGroupRules ?? [];
  return (
    policy === undefined &&
    // It wants the default group of a VPC: test/ssm-documents/plans-through-runbooks.test.ts plays those.
    !controls.includes('EC2.2') &&
    prefixLists === undefined &&
    expected.ask.length === 0 &&
    expected.steps.length > 0 &&
    rules.length > 0 &&
    rules.every((rule) => rule.PrefixListId === undefined) &&
    // EC2 itself has no such rules: it answers tcp without ports as 0-65535.
    rules.every((rule) => rule.IsEgress !== true && (rule.IpProtocol === '-1' || (rule.FromPort ?? -1) >= 0))
  );
}

interface Played {
  readonly before: readonly string[];
  readonly closed: readonly string[];
  readonly undone: readonly string[];
  readonly closedAgain: readonly string[];
  readonly expected: readonly string[];
}

const scratch = mkdtempSync(join(tmpdir(), 'portcullis-cases-'));

/** A group that is closed as soon as its finding arrives would be closed before it has all its rules. */
function withNothingAutomatic(): string {
  const file = join(scratch, 'portcullis.yaml');
  writeFileSync(file, readFileSync(SANDBOX_FILE, 'utf8').replace(/^automatic: .*$/m, 'automatic: []'));
  return file;
}

let portcullis: Deployed;
const played = new Map<Row, Played>();

beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping', configurationFile: withNothingAutomatic() });
  const prepared: { row: Row; group: Group; findings: string[]; before: readonly string[] }[] = [];
  for (const row of ROWS) {
    const { group, rename } = await openGroupOf(row);
    const findings: string[] = [];
    for (const control of row.controls) findings.push(await importFindingOf(row, group, control));
    prepared.push({ row, group, findings, before: await rulesOf(group) });
    played.set(row, { before: [], closed: [], undone: [], closedAgain: [], expected: expectedOf(row, rename) });
  }
  const everything = prepared.flatMap(({ findings }) => findings);
  const look = async (phase: keyof Played) => {
    for (const { row, group } of prepared) {
      const known = played.get(row);
      if (known) played.set(row, { ...known, [phase]: await rulesOf(group) });
    }
  };
  await look('before');
  await press('Close ingress', everything);
  await look('closed');
  await press('Undo closing', everything);
  await look('undone');
  await press('Close ingress', everything);
  await look('closedAgain');
}, 300_000);
afterAll(async () => {
  await portcullis.stop();
  rmSync(scratch, { recursive: true, force: true });
});

test('the table has rows enough that EC2 can hold', () => {
  expect(ROWS.length).toBeGreaterThan(40);
});

test.each(ROWS.map((row) => [row.name, row] as const))('%s: closed, undone, and closed again', (_name, row) => {
  const { before, closed, undone, closedAgain, expected } = played.get(row) ?? fail();
  expect(closed).toEqual(expected);
  expect(undone).toEqual(before);
  expect(closedAgain).toEqual(expected);
});

function fail(): never {
  throw new Error('the row was not played');
}

async function press(action: string, ids: readonly string[]): Promise<void> {
  const hub = { securityHub: portcullis.clients.securityHub(portcullis.hub), eventBridge: portcullis.clients.events };
  for (let start = 0; start < ids.length; start += SELECTABLE) {
    await pressCustomAction(hub, action, ids.slice(start, start + SELECTABLE));
  }
  await portcullis.settle();
}

/** In a VPC of its own: there a mismatch is an error, as decision 7 of the design wants it. */
let vpc: string | undefined;
async function ownVpc(): Promise<string> {
  vpc ??= (await portcullis.clients.ec2(PLACE).send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }))).Vpc?.VpcId;
  return vpc ?? fail();
}

async function openGroupOf(row: Row): Promise<{ group: Group; rename: ReadonlyMap<string, string> }> {
  const rename = new Map<string, string>();
  for (const { ReferencedGroupInfo } of row.input.SecurityGroupRules ?? []) {
    const id = ReferencedGroupInfo?.GroupId;
    if (id !== undefined && !rename.has(id)) rename.set(id, await createGroup(`of ${String(played.size)} ${id}`));
  }
  const GroupId = await createGroup(`row ${String(played.size)}`);
  for (const rule of row.input.SecurityGroupRules ?? []) {
    await portcullis.clients.ec2(PLACE).send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId,
        IpPermissions: [toPermission(rule, rename)],
        ...(rule.Tags && rule.Tags.length > 0
          ? { TagSpecifications: [{ ResourceType: 'security-group-rule' as const, Tags: rule.Tags }] }
          : {}),
      }),
    );
  }
  const arn = `arn:aws:ec2:${PLACE.region}:${PLACE.account}:security-group/${GroupId}`;
  return { group: { ...PLACE, id: GroupId, arn }, rename };
}

async function createGroup(name: string): Promise<string> {
  const created = await portcullis.clients
    .ec2(PLACE)
    .send(new CreateSecurityGroupCommand({ GroupName: name, Description: 'Of a case', VpcId: await ownVpc() }));
  return created.GroupId ?? fail();
}

function toPermission(rule: SecurityGroupRule, rename: ReadonlyMap<string, string>): IpPermission {
  const description = rule.Description === undefined ? {} : { Description: rule.Description };
  const referenced = rename.get(rule.ReferencedGroupInfo?.GroupId ?? '');
  return {
    IpProtocol: rule.IpProtocol,
    ...(rule.IpProtocol === '-1' ? {} : { FromPort: rule.FromPort, ToPort: rule.ToPort }),
    ...(rule.CidrIpv4 === undefined ? {} : { IpRanges: [{ CidrIp: rule.CidrIpv4, ...description }] }),
    ...(rule.CidrIpv6 === undefined ? {} : { Ipv6Ranges: [{ CidrIpv6: rule.CidrIpv6, ...description }] }),
    ...(referenced === undefined ? {} : { UserIdGroupPairs: [{ GroupId: referenced, ...description }] }),
  };
}

function importFindingOf(row: Row, group: Group, control: string): Promise<string> {
  return portcullis.importFinding(group, control, {
    Compliance: {
      Status: 'FAILED',
      SecurityControlId: control,
      ...(row.parameters ? { SecurityControlParameters: row.parameters.map((each) => ({ ...each })) } : {}),
    },
  });
}

/** Descriptions and tags included, ids not: what is restored gets new ones. */
async function rulesOf(group: Group): Promise<readonly string[]> {
  return (await portcullis.ingressOf(group)).map((rule) => ruleText(rule, new Map())).sort();
}

/** The row names rules that stay by their ids, and new ones by their terms. */
function expectedOf({ input, expected }: Row, rename: ReadonlyMap<string, string>): readonly string[] {
  const byId = new Map((input.SecurityGroupRules ?? []).map((rule) => [rule.SecurityGroupRuleId, rule]));
  return expected.remaining
    .map((text) => {
      const rule = byId.get(text);
      return rule === undefined ? text : ruleText(rule, rename);
    })
    .sort();
}

const NAMES: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6' };

function ruleText(rule: SecurityGroupRule, rename: ReadonlyMap<string, string>): string {
  const ports = rule.IpProtocol === '-1' ? '' : ` ${String(rule.FromPort)}-${String(rule.ToPort)}`;
  const group = rule.ReferencedGroupInfo?.GroupId ?? '';
  const source = rule.CidrIpv4 ?? rule.CidrIpv6 ?? rename.get(group) ?? group;
  const description = rule.Description === undefined ? '' : ` "${rule.Description}"`;
  const tags = (rule.Tags ?? [])
    .filter(({ Key }) => Key !== 'portcullis:remediation')
    .map(({ Key = '', Value = '' }) => ` ${Key}=${Value}`)
    .join('');
  return `${NAMES[rule.IpProtocol ?? ''] ?? rule.IpProtocol ?? ''}${ports} from ${source}${description}${tags}`;
}
