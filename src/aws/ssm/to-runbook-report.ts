import type { AutomationExecution, StepExecution } from '@aws-sdk/client-ssm';
import type { ReportedCall } from '../../core/ledger/remediation-record';
import type { NetworkAclEntry } from '../../core/network/network-acl';
import { networkAclEntrySchema } from '../../core/network/network-acl-schema';
import { securityGroupRuleSchema } from '../../core/network/security-group-schema';
import { CALLS, type Call } from '../../core/planning/calls';
import * as z from '../../core/zod-mini';
import type { RunbookReport } from '../../flow/ports';

/** Steps that call nothing. https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html */
const HARMLESS = new Set(['aws:branch', 'aws:sleep']);

const ENDED = new Set(['Success', 'Failed', 'TimedOut', 'Cancelled']);

/**
 * What an execution called, by SSM's own record of its steps: their inputs as they were resolved, whatever the document
 * says now. Only what is understood to the last source counts: a script, a call of another service or on another
 * target, or a parameter in another form may be anything.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StepExecution.html
 *
 * @param targetId the group or network ACL that the run was about
 */
export function toRunbookReport(execution: AutomationExecution | undefined, targetId: string): RunbookReport {
  const { AutomationExecutionStatus: status = '', StepExecutions = [], StepExecutionsTruncated } = execution ?? {};
  if (!ENDED.has(status))
    return { kind: 'running', reason: `the execution is ${status === '' ? 'not shown' : status}` };
  if (StepExecutionsTruncated === true) return unknown('not all of its steps are shown');
  const calls: ReportedCall[] = [];
  for (const step of StepExecutions) {
    if (step.StepStatus === undefined || step.StepStatus === 'Pending') continue;
    if (HARMLESS.has(step.Action ?? '')) continue;
    const call = toCall(step, targetId);
    if (call === undefined) return unknown(`step ${step.StepName ?? ''} (${step.Action ?? ''}) may have done anything`);
    calls.push(call);
  }
  return { kind: 'known', calls };
}

function unknown(reason: string): RunbookReport {
  return { kind: 'unknown', reason };
}

function toCall({ Action, Inputs = {} }: StepExecution, targetId: string): ReportedCall | undefined {
  if (Action !== 'aws:executeAwsApi') return undefined;
  const inputs = Object.fromEntries(Object.entries(Inputs).map(([name, text]) => [name, plain(text)]));
  const { Service, Api, GroupId, NetworkAclId } = inputs;
  if (Service !== 'ec2' || typeof Api !== 'string' || (GroupId ?? NetworkAclId) !== targetId) return undefined;
  // Of all that EC2 can be called, only what plans call is understood.
  const call = CALL_BY_NAME.get(Api);
  if (call?.kind === 'security-group' && GroupId !== undefined) {
    const rules = toRules(inputs, call.direction === 'egress');
    return rules && { call: Api, rules };
  }
  if (call?.kind === 'network-acl' && NetworkAclId !== undefined) {
    const entry = toEntry(inputs, call.effect);
    return entry && { call: Api, rules: [entry] };
  }
  return undefined;
}

const CALL_BY_NAME: ReadonlyMap<string, Call> = new Map(Object.entries(CALLS));

/** SSM shows inputs as JSON text; a text that is none stands for itself. */
function plain(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

const permissionSchema = () =>
  z.strictObject({
    IpProtocol: z.string(),
    FromPort: z.exactOptional(z.int()),
    ToPort: z.exactOptional(z.int()),
    IpRanges: z.exactOptional(z.array(z.looseObject({ CidrIp: z.string() }))),
    Ipv6Ranges: z.exactOptional(z.array(z.looseObject({ CidrIpv6: z.string() }))),
    PrefixListIds: z.exactOptional(z.array(z.looseObject({ PrefixListId: z.string() }))),
    UserIdGroupPairs: z.exactOptional(z.array(z.looseObject({ GroupId: z.string() }))),
  });

/** Beside what names the permissions only what changes nothing of them. */
const OF_RULES = new Set(['Service', 'Api', 'GroupId', 'IpPermissions', 'TagSpecifications']);

function toRules(inputs: Readonly<Record<string, unknown>>, IsEgress: boolean): ReportedCall['rules'] | undefined {
  const permissions = z.array(permissionSchema()).safeParse(inputs['IpPermissions']);
  if (!permissions.success || Object.keys(inputs).some((name) => !OF_RULES.has(name))) return undefined;
  const rules = permissions.data.flatMap((permission) => {
    const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [], ...traffic } = permission;
    const sources = [
      ...IpRanges.map(({ CidrIp }) => ({ CidrIpv4: CidrIp })),
      ...Ipv6Ranges.map(({ CidrIpv6 }) => ({ CidrIpv6 })),
      ...PrefixListIds.map(({ PrefixListId }) => ({ PrefixListId })),
      ...UserIdGroupPairs.map(({ GroupId }) => ({ ReferencedGroupInfo: { GroupId } })),
    ];
    return sources.map((source) => ({ IsEgress, ...traffic, ...source }));
  });
  const parsed = z.array(securityGroupRuleSchema).safeParse(rules);
  return parsed.success ? parsed.data : undefined;
}

function toEntry(
  inputs: Readonly<Record<string, unknown>>,
  effect: Call['effect'],
): ReportedCall['rules'][number] | undefined {
  const { Service: _service, Api: _api, NetworkAclId: _id, ...entry } = inputs;
  // A deletion names the place alone.
  const whole = effect === 'removes' ? { RuleAction: 'deny', Protocol: '-1', ...entry } : entry;
  // "6" is JSON of a number as well.
  const protocol: unknown = Object.entries(whole).find(([name]) => name === 'Protocol')?.[1];
  const parsed = networkAclEntrySchema.safeParse({
    ...whole,
    ...(typeof protocol === 'number' ? { Protocol: String(protocol) } : {}),
  });
  return parsed.success ? withoutIgnoredPorts(parsed.data) : undefined;
}

/** An entry of other protocols is given ports as well, which EC2 ignores and does not show. */
function withoutIgnoredPorts({ PortRange, ...entry }: NetworkAclEntry): NetworkAclEntry {
  const hasPorts = entry.Protocol === '6' || entry.Protocol === '17';
  return hasPorts && PortRange !== undefined ? { ...entry, PortRange } : entry;
}
