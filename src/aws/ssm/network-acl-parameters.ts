import type { NetworkAclStep } from '../../core/planning/plan';
import { failure, success, type Result } from '../../core/result';
import type { Target } from '../../core/target';
import type { RunbookParameters } from './runbook-parameters';

const CHANGES: Readonly<Record<NetworkAclStep['call'], string>> = {
  CreateNetworkAclEntry: 'Create',
  ReplaceNetworkAclEntry: 'Replace',
  DeleteNetworkAclEntry: 'Delete',
};

/** For RewriteNetworkAclEntries. An entry is deleted by its number and direction; nothing else would be looked at. */
export function toNetworkAclParameters(target: Target, step: NetworkAclStep): Result<RunbookParameters, string> {
  const [entry] = step.rules;
  const change = {
    NetworkAclId: [target.id],
    Change: [CHANGES[step.call]],
    RuleNumber: [String(entry.RuleNumber)],
    Egress: [String(entry.Egress)],
  };
  if (step.call === 'DeleteNetworkAclEntry') return success(change);
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
