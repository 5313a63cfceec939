import type { SecurityGroupRule } from '../../core/network/security-group-rule';
import type { Target } from '../../core/target';
import type { Result } from '../../core/result';
import { failure, success } from '../../core/result';
import type { DrillPorts } from '../ports';

/**
 * Rules that open nothing that any control forbids: from addresses that are for documentation, to ports that nobody listens
 * on. https://www.rfc-editor.org/rfc/rfc5737
 */
export const PROBES = {
  number: probe(65_001, '192.0.2.1/32'),
  lists: [probe(65_002, '192.0.2.2/32', 'first'), probe(65_002, '192.0.2.3/32', 'second')],
  token: probe(65_003, '192.0.2.4/32'),
  /** It is never there. */
  unknown: probe(65_004, '192.0.2.5/32'),
} as const;

function probe(port: number, CidrIpv4: string, Description?: string): SecurityGroupRule {
  return {
    IsEgress: false,
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    CidrIpv4,
    ...(Description === undefined ? {} : { Description }),
  };
}

/** Whether a rule is there, to the last letter of its description. A sentence where that cannot be read. */
export async function isThere(
  target: Target,
  wanted: SecurityGroupRule,
  { ground }: Pick<DrillPorts, 'ground'>,
): Promise<Result<boolean, string>> {
  const observed = await ground.observe(target);
  if (!observed.ok) return failure(observed.error.cause);
  if (observed.value.kind === 'gone') return failure(`${target.id} is gone`);
  const { resource } = observed.value;
  return success(resource.kind === 'security-group' && resource.rules.some((rule) => isSame(rule, wanted)));
}

/** Whether two rules let the same in, and say the same of it. */
export function isSame(a: SecurityGroupRule, b: SecurityGroupRule): boolean {
  const { IsEgress, IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6, Description } = a;
  return (
    IsEgress === b.IsEgress &&
    IpProtocol === b.IpProtocol &&
    FromPort === b.FromPort &&
    ToPort === b.ToPort &&
    CidrIpv4 === b.CidrIpv4 &&
    CidrIpv6 === b.CidrIpv6 &&
    (Description ?? '') === (b.Description ?? '')
  );
}
