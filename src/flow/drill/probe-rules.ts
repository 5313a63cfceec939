import type { SecurityGroupRule } from '../../core/network/security-group-rule';
import type { Target } from '../../core/target';
import type { Result } from '../../core/result';
import { failure, success } from '../../core/result';
import type { Resource } from '../../core/resource';
import type { DrillPorts } from '../ports';
import { waitFor } from './wait-for';

/** How long what was just changed may not show. */
const LAG_MILLIS = 60_000;

/**
 * Rules that open nothing that any control forbids: from addresses that are for documentation, to ports that nobody
 * listens on. https://www.rfc-editor.org/rfc/rfc5737
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

/**
 * Whether a rule is there, to the last letter of its description. Reads of EC2 may lag: it is read again for a while
 * where that is not as wanted. A sentence where it cannot be read.
 * https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
 */
export async function isThere(
  target: Target,
  rule: SecurityGroupRule,
  isWanted: boolean,
  ports: DrillPorts,
): Promise<Result<boolean, string>> {
  const holds = (resource: Resource) =>
    resource.kind === 'security-group' && resource.rules.some((one) => isSame(one, rule));
  return pollUntil(target, holds, isWanted, ports);
}

/** {@link isThere} for whatever is searched for in a target. */
export async function pollUntil(
  target: Target,
  holds: (resource: Resource) => boolean,
  isWanted: boolean,
  ports: DrillPorts,
): Promise<Result<boolean, string>> {
  const observed = await waitFor(
    {
      ask: () => ports.ground.observe(target),
      isThere: (seen) => seen.kind === 'found' && holds(seen.resource) === isWanted,
      patienceMillis: LAG_MILLIS,
    },
    ports,
  );
  if (!observed.ok) return failure(observed.error.cause);
  if (observed.value.kind === 'gone') return failure(`${target.id} is gone`);
  return success(holds(observed.value.resource));
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
