import { shorten } from '../updates/compose-note';
import type { Context, Fact } from './context';

const MOST_ITEMS = 5;
const MOST_PEERS = 10;
const MOST_EVIDENCE = 3;
const MOST_UNITS = 10;
const MOST_CHARACTERS = 256;

/**
 * What is known about a target as events and certificates carry it: every fact with its answer, or why it is not known,
 * and the first few of what is many. All of it stands in the ledger's record. Tags are there no more: they may say
 * anything.
 */
export function briefContext(context: Context): Context {
  const { attached, reachable, used, otherWayIn, openedBy, managedBy, owner, account } = context;
  return {
    attached: brief(attached, (it) => ({
      ...it,
      items: it.items.slice(0, MOST_ITEMS),
      otherVpcs: it.otherVpcs.slice(0, MOST_ITEMS),
      otherAccounts: it.otherAccounts.slice(0, MOST_ITEMS),
    })),
    reachable: brief(reachable, (it) => ({
      ...it,
      through: it.through.slice(0, MOST_ITEMS),
      ...(it.keptOut === undefined ? {} : { keptOut: it.keptOut.slice(0, MOST_ITEMS) }),
    })),
    used: brief(used, (it) => ({ ...it, peers: it.peers.slice(0, MOST_PEERS) })),
    otherWayIn: brief(otherWayIn, (it) => ({ ...it, ways: it.ways.slice(0, MOST_ITEMS) })),
    openedBy: brief(openedBy, (it) => it),
    managedBy: brief(managedBy, (it) => it),
    owner: brief(owner, (it) => ({
      ...it,
      ...(it.owners === undefined ? {} : { owners: it.owners.slice(0, MOST_ITEMS) }),
      ...(it.environments === undefined ? {} : { environments: it.environments.slice(0, MOST_ITEMS) }),
      tags: [],
    })),
    account: brief(account, (it) => ({ ...it, organizationalUnits: it.organizationalUnits.slice(0, MOST_UNITS) })),
  };
}

function brief<Value>(fact: Fact<Value>, narrow: (value: Value) => Value): Fact<Value> {
  if (!fact.known) return { known: false, reason: shorten(fact.reason, MOST_CHARACTERS) };
  const { value, evidence } = shortTexts({
    value: narrow(fact.value),
    evidence: fact.evidence.slice(0, MOST_EVIDENCE),
  });
  return { known: true, value, evidence };
}

/** Names and user agents are text of others, of any length. */
function shortTexts<Value>(value: Value): Value {
  if (typeof value === 'string') return shorten(value, MOST_CHARACTERS) as Value;
  if (Array.isArray(value)) return value.map(shortTexts) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shortTexts(member)])) as Value;
}
