import type { DeploymentState, Fullest, MemberState, PortResult } from '../ports';
import { failed, ok, unknown, type Check } from './check';

/** A quota by its code, which is the same in every Region. */
interface Quota {
  readonly what: string;
  readonly service: string;
  readonly code: string;
}

const RULES: Quota = { what: 'rules per security group', service: 'vpc', code: 'L-0EA8095F' };
const ENTRIES: Quota = { what: 'rules per network ACL', service: 'vpc', code: 'L-2AEEBF1A' };
const GROUPS: Quota = { what: 'security groups per interface', service: 'vpc', code: 'L-2AFB9258' };
const AUTOMATIONS: Quota = { what: 'automations at once', service: 'ssm', code: 'L-09101E66' };
const EXECUTIONS: Quota = { what: 'Lambda executions at once', service: 'lambda', code: 'L-B99A9384' };

/** What a burst of findings takes without waiting for itself; new accounts begin with ten. */
const FEWEST_EXECUTIONS = 100;

/** What a member's Region allows, and how much of it is used: a closing that keeps something needs room for it. */
export async function checkMemberQuotas(member: MemberState, region: string): Promise<readonly Check[]> {
  const fullest = async (kind: Parameters<MemberState['fetchFullest']>[0]): PortResult<Fullest> => {
    const found = await member.fetchFullest(kind);
    return found.ok ? { ok: true, value: found.value ?? { id: '', held: 0 } } : found;
  };
  const running = async (): PortResult<Fullest> => {
    const counted = await member.countAutomations();
    return counted.ok ? { ok: true, value: { id: '', held: counted.value } } : counted;
  };
  return [
    await check(RULES, () => fullest('security-group'), member, region),
    await check(ENTRIES, () => fullest('network-acl'), member, region),
    await check(GROUPS, () => fullest('network-interface'), member, region),
    await check(AUTOMATIONS, running, member, region),
  ];
}

/** What Lambda allows in the hub. How much is used changes from second to second, and is not read. */
export async function checkHubQuotas(
  deployment: Pick<DeploymentState, 'fetchQuota'>,
  region: string,
): Promise<readonly Check[]> {
  const name = nameOf(EXECUTIONS, region);
  const limit = await deployment.fetchQuota(EXECUTIONS.service, EXECUTIONS.code);
  if (!limit.ok) return [unknown(name, limit.error)];
  if (limit.value === undefined) return [notSaid(name, EXECUTIONS, region)];
  const found = `${String(limit.value)} allowed; how many are used is not read`;
  if (limit.value >= FEWEST_EXECUTIONS) return [ok(name, found)];
  return [failed(name, `${found}; many findings at once wait for each other`, raise(EXECUTIONS, 1000, region))];
}

async function check(
  quota: Quota,
  fetchUsed: () => PortResult<Fullest>,
  member: Pick<MemberState, 'fetchQuota'>,
  region: string,
): Promise<Check> {
  const name = nameOf(quota, region);
  const limit = await member.fetchQuota(quota.service, quota.code);
  if (!limit.ok) return unknown(name, limit.error);
  if (limit.value === undefined) return notSaid(name, quota, region);
  const used = await fetchUsed();
  if (!used.ok) return unknown(name, { ...used.error, cause: `${String(limit.value)} allowed. ${used.error.cause}` });
  const { id, held } = used.value;
  const found = `${String(held)} of ${String(limit.value)} used${id === '' ? '' : `, at the most, by ${id}`}`;
  if (held < limit.value) return ok(name, found);
  return failed(name, `${found}: no room for what a closing keeps`, raise(quota, limit.value * 2, region));
}

function nameOf({ what }: Quota, region: string): string {
  return `quota of ${what} ${region}`;
}

function notSaid(name: string, { service, code }: Quota, region: string): Check {
  const fix = `aws service-quotas get-service-quota --service-code ${service} --quota-code ${code} --region ${region}`;
  return { check: name, status: 'unknown', found: 'Service Quotas does not say', fix };
}

function raise({ service, code }: Quota, value: number, region: string): string {
  return (
    `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} ` +
    `--desired-value ${String(value)} --region ${region}`
  );
}
