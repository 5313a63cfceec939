import type { RequestedControl } from '../controls/control-id';
import { canonicalCidr } from '../network/cidr';
import { narrowerBlock } from '../network/narrower-block';
import type { NetworkAcl } from '../network/network-acl';
import { intersectPorts, unionPorts, type PortSet } from '../network/port-set';
import type { PortProtocol } from '../network/protocol';
import { portsOf } from '../network/rule-ports';
import type { SecurityGroup } from '../network/security-group-rule';
import { findEntryViolations, portsOfEntry } from '../planning/network-acls/find-entry-violations';
import { toProhibitions } from '../planning/prohibition';
import { findViolations } from '../planning/security-groups/find-violations';
import { renderAskReason } from '../reasons/ask-reasons';
import type { Resource } from '../resource';
import { failure, success, type Result } from '../result';
import type { Opening } from './opening';

/** What somebody wants to accept of what a control forbids; what is left out is all that is open of it now. */
export interface Accepted {
  readonly source?: string;
  readonly ports?: PortSet;
}

/**
 * What an exception would cover: what is open on a target at this moment though the control forbids it, as far as it is
 * accepted, and nothing else. An error is a sentence that says what of it cannot be accepted, and what to write
 * instead.
 */
export function findOpenings(
  resource: Resource,
  { id, parameters }: RequestedControl,
  accepted: Accepted,
): Result<readonly Opening[], string> {
  const control = { id, parameters };
  const found = resource.kind === 'security-group' ? inGroup(resource, control) : inAcl(resource, control);
  if (!found.ok) return found;
  const openings = found.value.flatMap((opening) => narrow(opening, accepted));
  if (openings.length === 0) {
    const what = found.value.length === 0 ? 'Nothing' : 'Nothing of what is to be accepted';
    return failure(`${what} is open on ${resource.id} that ${id} forbids, so that there is nothing to accept.`);
  }
  if (openings.some(isForEverything)) {
    return failure(
      `That would accept nearly every port of ${resource.id}: name the ports that may stay open, such as --ports 8080.`,
    );
  }
  return success(together(openings));
}

function inGroup(group: SecurityGroup, control: RequestedControl): Result<readonly Opening[], string> {
  const prohibitions = toProhibitions([control]);
  const [problem] = [...prohibitions.notCovered, ...prohibitions.unreadable];
  if (problem !== undefined) return failure(renderAskReason(problem));
  if (prohibitions.anyRule.length > 0) {
    return failure(
      `${control.id} forbids every rule of a default group, whatever its source and ports, which no exception can name: set ` +
        'the workflow status of its finding to SUPPRESSED in Security Hub, and Portcullis leaves it alone.',
    );
  }
  const { violations, unclear } = findViolations(group, prohibitions);
  if (violations.length === 0 && unclear[0] !== undefined) return failure(renderAskReason(unclear[0]));
  return success(
    violations.flatMap(({ rule, blocks }) =>
      blocks.map(({ cidr, family }) => {
        const forbidden = prohibitions.of[family];
        const ports = (protocol: PortProtocol) =>
          forbidden
            .map((each) => intersectPorts(portsOf(rule, protocol), each[protocol]))
            .reduce<PortSet>(unionPorts, []);
        return { source: canonicalCidr(cidr), tcp: ports('tcp'), udp: ports('udp') };
      }),
    ),
  );
}

function inAcl(acl: NetworkAcl, control: RequestedControl): Result<readonly Opening[], string> {
  const { entries, forbiddenTo, notCovered } = findEntryViolations(acl, [control]);
  if (notCovered[0] !== undefined) return failure(renderAskReason(notCovered[0]));
  return success(
    entries.map((entry) => {
      const source = entry.CidrBlock ?? entry.Ipv6CidrBlock ?? '';
      const ports = (protocol: PortProtocol) =>
        intersectPorts(portsOfEntry(entry, protocol), forbiddenTo(source, protocol));
      return { source: canonicalCidr(source), tcp: ports('tcp'), udp: ports('udp') };
    }),
  );
}

function narrow({ source, ...opening }: Opening, accepted: Accepted): readonly Opening[] {
  const from = accepted.source === undefined ? source : narrowerBlock(source, accepted.source);
  const ports = (own: PortSet) => (accepted.ports === undefined ? own : intersectPorts(own, accepted.ports));
  const [tcp, udp] = [ports(opening.tcp), ports(opening.udp)];
  return from === undefined || tcp.length + udp.length === 0 ? [] : [{ source: canonicalCidr(from), tcp, udp }];
}

const NEARLY_EVERY_PORT = 60_000;

function isForEverything({ tcp, udp }: Opening): boolean {
  return [tcp, udp].some((ports) => ports.reduce((sum, { from, to }) => sum + to - from + 1, 0) > NEARLY_EVERY_PORT);
}

/** One for each source. */
function together(openings: readonly Opening[]): readonly Opening[] {
  const bySource = new Map<string, Opening>();
  for (const opening of openings) {
    const known = bySource.get(opening.source) ?? { source: opening.source, tcp: [], udp: [] };
    bySource.set(opening.source, {
      source: opening.source,
      tcp: unionPorts(known.tcp, opening.tcp),
      udp: unionPorts(known.udp, opening.udp),
    });
  }
  return [...bySource.values()];
}
