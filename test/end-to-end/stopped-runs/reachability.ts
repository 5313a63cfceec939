import type { NetworkAclEntry, SecurityGroupRule } from '@aws-sdk/client-ec2';
import { aclPackets, letsIn } from '../../oracle/network-acl';
import { packetSamples, predicateOf } from '../../oracle/packets';
import { toEntry, toRule } from '../to-core';

/** What a target holds at one moment. */
export interface State {
  readonly rules: readonly SecurityGroupRule[];
  readonly entries: readonly NetworkAclEntry[];
}

export interface Violations {
  /** Packets that pass now, and neither before nor after. */
  readonly opened: readonly string[];
  /** Packets that pass before and after, but not now. */
  readonly blocked: readonly string[];
}

/** Ports that controls look at, beside the edges of all ranges. */
const PORTS = [22, 80, 443, 3389];

/**
 * Holds a state between two others against the oracle: packets around every edge of every rule of the three.
 * @param may what may pass: for a closing what passed before it
 */
export function violationsOf(
  now: State,
  ends: { readonly first: State; readonly last: State; readonly may: State },
): Violations {
  const found = [compare(inbound, now, ends), compare(outbound, now, ends), compare(throughAcl, now, ends)];
  return { opened: found.flatMap(({ opened }) => opened), blocked: found.flatMap(({ blocked }) => blocked) };
}

/** The packets that are read, and which of them a state lets through. */
interface View<Packet> {
  readonly packets: (states: readonly State[]) => readonly Packet[];
  readonly passes: (state: State) => (packet: Packet) => boolean;
}

const inbound = groupView(false);
const outbound = groupView(true);

function groupView(isEgress: boolean): View<Parameters<ReturnType<typeof predicateOf>>[0]> {
  // The oracle looks at ingress; the other direction is the same with another word.
  const rulesOf = ({ rules }: State) =>
    rules.filter((rule) => rule.IsEgress === isEgress).map((rule) => ({ ...toRule(rule), IsEgress: false }));
  return {
    packets: (states) => packetSamples(states.flatMap(rulesOf), {}, PORTS),
    passes: (state) => predicateOf(rulesOf(state), {}),
  };
}

const throughAcl: View<Parameters<ReturnType<typeof letsIn>>[0]> = {
  packets: (states) => {
    const entries = states.flatMap((state) => state.entries.map(toEntry));
    return entries.length === 0 ? [] : aclPackets(entries);
  },
  passes: ({ entries }) => letsIn(entries.map(toEntry)),
};

function compare<Packet>(
  { packets, passes }: View<Packet>,
  now: State,
  { first, last, may }: { readonly first: State; readonly last: State; readonly may: State },
): Violations {
  const all = packets([now, first, last, may]);
  const [passesNow, passesFirst, passesLast, mayPass] = [passes(now), passes(first), passes(last), passes(may)];
  return {
    opened: all.filter((packet) => passesNow(packet) && !mayPass(packet)).map(packetText),
    blocked: all.filter((packet) => passesFirst(packet) && passesLast(packet) && !passesNow(packet)).map(packetText),
  };
}

function packetText(packet: unknown): string {
  return JSON.stringify(packet, (_, value: unknown) => (typeof value === 'bigint' ? value.toString(16) : value));
}
