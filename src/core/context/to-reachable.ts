import { failure } from '../result';
import type { Target } from '../target';
import { balancerName, mayFaceInternet, shortBalancerName } from './balancer';
import type { Fact, Reachable } from './context';
import type { BlockedTraffic } from './blocked-traffic';
import { known, unknown } from './fact';
import { hiddenVpc } from './hidden-vpc';
import { familyOfAddress } from './reach/addresses';
import type { Door, Judged } from './reach/door';
import { fromInternet } from './reach/from-internet';
import { tableOf } from './reach/routing';
import { throughBalancers } from './reach/through-balancers';
import type { InterfaceSeen } from './interface-seen';
import { keptOutText } from './kept-out';
import type { Network } from './surroundings';

/**
 * Whether a packet from the internet that the plan would block comes as far as the target today, and its answer back:
 * by a public address of the target's own, or through load balancers, whose packets have their own addresses or keep
 * the client's.
 *
 * A packet through another VPC, or from an accelerator or distribution, is not followed.
 */
export function toReachable(target: Target, blocked: readonly BlockedTraffic[], around: Network): Fact<Reachable> {
  const { interfaces } = around;
  if (!interfaces.ok) return unknown(interfaces.error);
  const { seen, more } = interfaces.value;
  const hidden = hiddenVpc(target, around);
  if (seen.length === 0 && more) return unknown('not all network interfaces were read');
  if (seen.length === 0) return hidden === undefined ? known(no, 'nothing is attached') : unknown(hidden);
  if (blocked.length === 0) return unknown('nothing that is open has ports of tcp or udp');

  const door: Door = { at: seen, admits: blocked, groups: [] };
  const direct = seen.map((each) => fromInternet(each, door, target, around));
  const answered = answerBy(direct);
  if (answered !== undefined) return answered;
  const through = throughRead(door, target, around);
  const answeredThrough = answerBy(through);
  if (answeredThrough !== undefined) return answeredThrough;

  const unsure = [...direct, ...through].find(({ answer }) => answer === 'unknown');
  if (unsure) return unknown(unsure.what);
  if (more) return unknown(`of more than ${String(seen.length)} network interfaces none that was read is reachable`);
  const unseen = hidden ?? unreadFront(target, around) ?? beyond(seen, blocked, target, around);
  if (unseen !== undefined) return unknown(unseen);
  const whyNot = new Set([...direct, ...through].map(({ what }) => what));
  return known(no, ...[...whyNot].slice(0, SHOWN), ...idleFronts(through, around).slice(0, SHOWN));
}

const no: Reachable = { answer: 'no', through: [] };
const SHOWN = 5;

function answerBy(judged: readonly Judged[]): Fact<Reachable> | undefined {
  const ways = judged.filter(({ answer }) => answer === 'yes');
  if (ways.length === 0) return undefined;
  const through = [...new Set(ways.map(({ what, by = [] }) => waysText(what, by)))].slice(0, SHOWN);
  const keptOut = [...new Set(ways.flatMap(({ seenAs }) => seenAs ?? []))].slice(0, SHOWN);
  const value: Reachable = { answer: 'yes', through, ...(keptOut.length > 0 && { keptOut }) };
  return known(value, ...through, ...keptOut.map(keptOutText));
}

function waysText(what: string, by: readonly string[]): string {
  return by.length === 0 ? what : `${by.join(', then ')} to ${what}`;
}

/**
 * The interfaces of load balancers whose targets must be read for an answer; undefined where it does not hang on them:
 * the internet reaches it all the same, no load balancer faces the internet, or something else is not known.
 */
export function balancersToRead(
  target: Target,
  blocked: readonly BlockedTraffic[],
  around: Omit<Network, 'balancers'>,
): readonly InterfaceSeen[] | undefined {
  const fact = toReachable(target, blocked, { ...around, balancers: failure(NOT_READ) });
  return fact.known || fact.reason !== NOT_READ || !around.fronts.ok ? undefined : around.fronts.value.seen;
}

const NOT_READ = 'What load balancers of its VPC send was not read.';

function throughRead(door: Door, target: Target, around: Network): readonly Judged[] {
  const { fronts, balancers, networkAcls } = around;
  if (!fronts.ok || !balancers.ok || balancers.value.length === 0) return [];
  if (!networkAcls.ok) return [{ answer: 'unknown', what: networkAcls.error }];
  // Names of classic load balancers are those of their account.
  const nodes = fronts.value.seen.filter(
    ({ owner, description }) => owner === target.account && balancerName(description) !== undefined,
  );
  const walk = { target, around, networkAcls: networkAcls.value, balancers: balancers.value, nodes };
  return throughBalancers(door, walk);
}

/** Where none of the load balancers that face the internet sends to it, that says so. */
function idleFronts(through: readonly Judged[], { fronts, balancers }: Network): readonly string[] {
  if (through.length > 0 || !fronts.ok || !balancers.ok) return [];
  const facing = fronts.value.seen
    .filter(mayFaceInternet)
    .flatMap(({ description }) => balancerName(description) ?? []);
  const read = new Set(balancers.value.map(({ name }) => name));
  return [...new Set(facing)]
    .filter((name) => read.has(name))
    .map((name) => `${shortBalancerName(name)} does not send to it`);
}

/** What stands in front of a private address, and sends nobody knows what where. */
function unreadFront(target: Target, { interfaces, fronts, balancers }: Network): string | undefined {
  if (!fronts.ok) return fronts.error;
  const own = new Set(interfaces.ok ? interfaces.value.seen.map(({ id }) => id) : []);
  const isRead = ({ owner, description }: InterfaceSeen) =>
    owner === target.account && balancers.ok && balancers.value.some(({ name }) => balancerName(description) === name);
  const facing = fronts.value.seen.filter(mayFaceInternet);
  const unread = facing.find((each) => !own.has(each.id) && !isRead(each));
  if (unread !== undefined && !balancers.ok && balancerName(unread.description) !== undefined) return balancers.error;
  if (unread !== undefined) return `${unread.description} in the same VPC may send it traffic of the internet`;
  return fronts.value.more ? 'not all load balancers were read' : undefined;
}

/** What does not show, and may have load balancers that send to it: others in its VPC, and other VPCs. */
function beyond(
  seen: readonly InterfaceSeen[],
  blocked: readonly BlockedTraffic[],
  { account }: Target,
  { routeTables }: Network,
): string | undefined {
  if (!routeTables.ok) return routeTables.error;
  for (const each of seen) {
    const table = tableOf(each, routeTables.value);
    if (table === undefined) return `the route table of ${each.subnetId} is not shown`;
    if (table.owner !== account) {
      return `load balancers of others in ${each.vpcId} do not show, a VPC of account ${table.owner}`;
    }
    const away = table.routes.find(
      ({ to, cidr }) =>
        to === 'other-vpc' && (cidr === undefined || blocked.some(({ family }) => family === familyOfAddress(cidr))),
    );
    if (away) return `${each.subnetId} routes to ${away.target}, from where a load balancer may send to it`;
  }
  return undefined;
}
