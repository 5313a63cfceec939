import { CALLS } from '../../core/planning/calls';
import type { NetworkAclStep } from '../../core/planning/plan';
import { failure, success, type Result } from '../../core/result';
import type { Target } from '../../core/target';
import type { RunbookParameters } from './runbook-parameters';

const CHANGES = { adds: 'Create', replaces: 'Replace', removes: 'Delete' } as const;

/** For RewriteNetworkAclEntries. An entry is deleted by its number and direction; nothing else would be looked at. */
export function toNetworkAclParameters(target: Target, step: NetworkAclStep): Result<RunbookParameters, string> {
  const [entry] = step.rules;
  const change = {
    NetworkAclId: [target.id],
    Change: [CHANGES[CALLS[step.call].effect]],
    RuleNumber: [String(entry.RuleNumber)],
    Egress: [String(entry.Egress)],
  };
  if (CALLS[step.call].effect === 'removes') return success(change);
  const source = entry.CidrBlock ?? entry.Ipv6CidrBlock;
  if (source === undefined) return failure(`Entry ${String(entry.RuleNumber)} has no source.`);
  return success({
    ...change,
    RuleAction: [entry.RuleAction],
    Protocol: [entry.Protocol],
    CidrBlock: [source],
    ...(entry.PortRange && { FromPort: [String(entry.PortRange.From)], ToPort: [String(entry.PortRange.To)] }),
    ...(entry.IcmpTypeCode && {
      IcmpType: [String(entry.IcmpTypeCode.Type)],
      IcmpCode: [String(entry.IcmpTypeCode.Code)],
    }),
  });
}
