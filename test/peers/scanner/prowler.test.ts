import {
  BatchImportFindingsCommand,
  type AwsSecurityFinding,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { pressCustomAction } from '../../../src/cli/scenarios/press';
import { SandboxClients } from '../../../src/cli/scenarios/sandbox-clients';
import { controlIdOf } from '../../../src/core/controls/control-id-of';
import { startForeignSandbox, type ForeignSandbox } from '../foreign/foreign-sandbox';
import { waitForNotes } from '../foreign/wait-for-notes';
import { peerUrl } from '../peer-urls';
import { openTargets, type OpenTargets } from './open-targets';
import { runProwler } from './run-prowler';

const MEMBER = '222222222222';
const REGION = 'eu-central-1';

/** Checks whose findings Portcullis closes, and one (the last) whose findings it does not know. */
const CHECKS = [
  'ec2_securitygroup_allow_ingress_from_internet_to_all_ports',
  'ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22',
  'ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_3389',
  'ec2_securitygroup_default_restrict_traffic',
  'ec2_networkacl_allow_ingress_tcp_port_22',
  'ec2_networkacl_allow_ingress_tcp_port_3389',
  'ec2_securitygroup_allow_ingress_from_internet_to_high_risk_tcp_ports',
];
const UNKNOWN = 'ec2_securitygroup_allow_ingress_from_internet_to_high_risk_tcp_ports';

/** What of ours must fail before, check by check. Default groups and network ACLs of moto's own fail beside them. */
const FOUND: Readonly<Record<string, readonly string[]>> = {
  all_ports: ['every tcp port', 'every udp port', 'everything'],
  securitygroup_allow_ingress_from_internet_to_tcp_port_22: ['default group', 'ssh'],
  securitygroup_allow_ingress_from_internet_to_tcp_port_3389: ['rdp'],
  default_restrict_traffic: ['default group'],
  networkacl_allow_ingress_tcp_port_22: ['network ACL'],
  networkacl_allow_ingress_tcp_port_3389: ['network ACL'],
  high_risk_tcp_ports: ['proxy', 'rdp'],
};

/** Console's limit of findings for one custom action. */
const SELECTABLE = 20;
const PATIENCE_MILLIS = 90_000;

let foreign: ForeignSandbox | undefined;
let targets: OpenTargets = {};
let before: readonly AwsSecurityFinding[] = [];
let after: readonly AwsSecurityFinding[] = [];
let updated: readonly AwsSecurityFinding[] = [];

beforeAll(async () => {
  foreign = await startForeignSandbox(peerUrl('MOTO_SCANNED'));
  const clients = new SandboxClients(foreign.endpoint);
  targets = await openTargets(clients.ec2(MEMBER, REGION));
  before = failed(scan(foreign));
  await importFindings(clients.securityHub(MEMBER, REGION), before);
  updated = await closeAll(before, foreign, clients);
  after = failed(scan(foreign));
  process.stdout.write(`scanner: Prowler failed ${before.length} findings before, ${after.length} after closing\n`);
}, 900_000);
afterAll(() => foreign?.stop());

test.each(Object.entries(FOUND))('Prowler’s check %s finds what is open', (check, names) => {
  expect(namesOf(before, check)).toEqual(names);
});

test('Prowler says itself that its check is the control that Portcullis takes it for', () => {
  const known = before.filter((finding) => controlIdOf(finding) !== undefined && !isCheck(finding, 'all_ports'));
  expect(known.length).toBeGreaterThan(0);
  for (const finding of known) {
    const control = `AWS-Foundational-Security-Best-Practices ${controlIdOf(finding) ?? ''}`;
    expect(finding.Compliance?.RelatedRequirements).toContainEqual(expect.stringContaining(control));
  }
});

test('its findings are RESOLVED where Portcullis closed, and nowhere else', () => {
  const resolved = updated.filter(({ Workflow }) => Workflow?.Status === 'RESOLVED');
  const expected = before.filter((finding) => controlIdOf(finding) !== undefined && !isAboutDefaultAcl(finding));
  expect(resolved.map(({ Id }) => Id).sort()).toEqual(expected.map(({ Id }) => Id).sort());
});

test('Prowler finds none of them again', () => {
  const ids = new Set(updated.filter(({ Workflow }) => Workflow?.Status === 'RESOLVED').map(({ Id }) => Id));
  expect(after.filter(({ Id }) => ids.has(Id)).map(({ Id }) => Id)).toEqual([]);
  // Nothing has come up that was hidden behind another check before.
  const known = after.filter((finding) => controlIdOf(finding) !== undefined && !isAboutDefaultAcl(finding));
  expect(known.map(({ Id }) => Id)).toEqual([]);
});

test('a check that Portcullis does not know is left open, and its finding says so', () => {
  const unknown = updated.filter(({ GeneratorId }) => GeneratorId === `prowler-${UNKNOWN}`);
  expect(unknown.map((finding) => finding.Workflow?.Status)).toEqual(unknown.map(() => 'NOTIFIED'));
  expect(unknown[0]?.Note?.Text).toContain(`does not close what prowler-${UNKNOWN} reports`);
  expect(namesOf(after, 'high_risk_tcp_ports')).toContain('proxy');
});

test('a default network ACL, which no control looks at, is not called closed', () => {
  const acls = updated.filter(isAboutDefaultAcl);
  expect(acls.length).toBeGreaterThan(0);
  for (const finding of acls) {
    expect(finding.UserDefinedFields?.['PortcullisOutcome']).toBe('could-not-tell');
    expect(finding.Note?.Text).toContain('default network ACL');
  }
});

function scan({ moto }: ForeignSandbox): readonly AwsSecurityFinding[] {
  return runProwler({
    endpoint: moto.endpoint,
    keys: moto.administratorOf(MEMBER),
    region: REGION,
    checks: CHECKS,
  });
}

function failed(findings: readonly AwsSecurityFinding[]): readonly AwsSecurityFinding[] {
  return findings.filter(({ Compliance }) => Compliance?.Status === 'FAILED');
}

async function importFindings(hub: SecurityHubClient, findings: readonly AwsSecurityFinding[]): Promise<void> {
  const { FailedFindings } = await hub.send(new BatchImportFindingsCommand({ Findings: [...findings] }));
  expect(FailedFindings).toEqual([]);
}

/**
 * Chooses `Close ingress` for all of them, as many at a time as the console selects; their state once all are answered.
 */
async function closeAll(
  findings: readonly AwsSecurityFinding[],
  { sandbox }: ForeignSandbox,
  clients: SandboxClients,
): Promise<readonly AwsSecurityFinding[]> {
  const { account, region } = sandbox.world.hub;
  const hub = { securityHub: clients.securityHub(account, region), eventBridge: clients.eventBridge(account, region) };
  const ids = findings.map(({ Id }) => Id ?? '');
  const answered: AwsSecurityFinding[] = [];
  for (let start = 0; start < ids.length; start += SELECTABLE) {
    const selected = ids.slice(start, start + SELECTABLE);
    await pressCustomAction(hub, 'Close ingress', selected);
    const deadline = Date.now() + PATIENCE_MILLIS;
    answered.push(...(await waitForNotes(hub.securityHub, selected, [], () => Date.now() < deadline)));
  }
  return answered;
}

/** Those that moto made by itself: ours is none. */
function isAboutDefaultAcl(finding: AwsSecurityFinding): boolean {
  return isCheck(finding, 'networkacl') && nameOf(finding) === undefined;
}

function namesOf(findings: readonly AwsSecurityFinding[], check: string): readonly string[] {
  return findings.flatMap((finding) => (isCheck(finding, check) ? (nameOf(finding) ?? []) : [])).sort();
}

function isCheck({ GeneratorId = '' }: AwsSecurityFinding, part: string): boolean {
  return GeneratorId.includes(part);
}

/** What `openTargets` calls the resource; undefined for what was there before. */
function nameOf({ Resources = [] }: AwsSecurityFinding): string | undefined {
  const id = Resources[0]?.Id?.split('/').at(-1);
  return Object.entries(targets).find(([, target]) => target === id)?.[0];
}
