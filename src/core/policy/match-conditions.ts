import type { AccountFacts, Context, Fact, Owner } from '../context/context';
import type { Tag } from '../network/security-group-rule';
import { FACT_CONDITIONS, type PolicyConditions, type PolicyMode, type PolicyTag } from './policy-entry';

/** What entries match. Undefined is what is not known, and never widens what is done automatically. */
export interface PolicyFacts {
  readonly control: string | undefined;
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly severity: string | undefined;
  /** Of the target. */
  readonly tags: readonly Tag[] | undefined;
  /** Undefined where nobody has looked. */
  readonly context: Context | undefined;
}

/** A match for what is not known: it may be one, or none. */
export type Match = 'yes' | 'no' | 'unknown';

export interface Matched {
  readonly match: Match;
  /** What would have to be known, with the reason why it is not; empty but for `unknown`. */
  readonly missing: readonly string[];
}

/**
 * Whether the conditions of an entry are met. They are three-valued: a `no` of one that must be met is a no whatever
 * else is not known, and with `any` a `yes` of one fact is a yes. So what is known later never turns a yes or no into
 * the other.
 *
 * @param mode of the entry: `auto` wants everything that is attached among `attachedTo`, the others one of it
 */
export function matchConditions(when: PolicyConditions, facts: PolicyFacts, mode: PolicyMode): Matched {
  const scope = scopeOf(when, facts, mode);
  const about = FACT_CONDITIONS.flatMap((name) => factMatch(name, when, facts.context, mode) ?? []);
  return allOf(when.any === true && about.length > 0 ? [...scope, anyOf(about)] : [...scope, ...about]);
}

const YES: Matched = { match: 'yes', missing: [] };
const NO: Matched = { match: 'no', missing: [] };

function unknownFor(what: string): Matched {
  return { match: 'unknown', missing: [what] };
}

function allOf(matches: readonly Matched[]): Matched {
  if (matches.some(({ match }) => match === 'no')) return NO;
  return weigh(matches);
}

function anyOf(matches: readonly Matched[]): Matched {
  if (matches.some(({ match }) => match === 'yes')) return YES;
  const open = weigh(matches);
  return open.match === 'unknown' ? open : NO;
}

function weigh(matches: readonly Matched[]): Matched {
  const missing = matches.flatMap((each) => each.missing);
  return missing.length === 0 ? YES : { match: 'unknown', missing };
}

/** Where it is and whose, and what the finding says. */
function scopeOf(
  when: PolicyConditions,
  { control, account, region, severity, tags, context }: PolicyFacts,
  mode: PolicyMode,
): Matched[] {
  return [
    isOneOf(when.controls, control, 'the control'),
    isOneOf(when.accounts, account, 'the account'),
    isOneOf(when.regions, region, 'the Region'),
    isOneOf(when.severities, severity, 'the severity'),
    hasOneOf(when.tags, tags),
    isInOneOf(when.organizationalUnits, context?.account, mode),
    isSaid(when.environments, context?.owner, 'the environment', mode, (it) => it.environments ?? [it.environment]),
    isSaid(when.owners, context?.owner, 'the owner', mode, (it) => it.owners ?? [it.owner]),
  ];
}

/** Undefined where the entry does not ask for it. */
function factMatch(
  name: (typeof FACT_CONDITIONS)[number],
  when: PolicyConditions,
  context: Context | undefined,
  mode: PolicyMode,
): Matched | undefined {
  if (when[name] === undefined) return undefined;
  switch (name) {
    case 'attachedTo':
      return isAttachedTo(when[name], context?.attached, mode);
    case 'reachable':
      return isAmong(when[name], context?.reachable, name, ({ answer }) => [answer]);
    case 'used':
      return isAmong(when[name], context?.used, name, ({ answer }) => [answer]);
    case 'otherWayIn':
      return isAmong(when[name], context?.otherWayIn, 'another way in', ({ answer }) => [answer]);
    case 'openedBy':
      return isAmong(when[name], context?.openedBy, 'who opened it', (it) => [it.with]);
    case 'managedBy':
      return isAmong(when[name], context?.managedBy, 'what manages it', ({ by }) => [
        by === 'cdk' ? 'cloudformation' : by,
      ]);
  }
}

function isOneOf(values: readonly string[] | undefined, fact: string | undefined, what: string): Matched {
  if (values === undefined) return YES;
  if (fact === undefined) return unknownFor(what);
  return values.includes(fact) ? YES : NO;
}

function hasOneOf(wanted: readonly PolicyTag[] | undefined, tags: readonly Tag[] | undefined): Matched {
  if (wanted === undefined) return YES;
  if (tags === undefined) return unknownFor('the tags of the target');
  const has = ({ key, value }: PolicyTag) =>
    tags.some((tag) => tag.Key === key && (value === undefined || value === tag.Value));
  return wanted.some(has) ? YES : NO;
}

function isAmong<Value>(
  values: readonly string[] | undefined,
  fact: Fact<Value> | undefined,
  what: string,
  read: (value: Value) => readonly string[],
): Matched {
  if (values === undefined) return YES;
  if (fact?.known !== true) return unknownFor(notKnown(what, fact));
  return read(fact.value).some((value) => values.includes(value)) ? YES : NO;
}

/** Instances may say several things: closing takes away from all of them, so that for `auto` each must be named. */
function isSaid(
  values: readonly string[] | undefined,
  fact: Fact<Owner> | undefined,
  what: string,
  mode: PolicyMode,
  read: (value: Owner) => readonly (string | undefined)[],
): Matched {
  if (values === undefined) return YES;
  if (fact?.known !== true) return unknownFor(notKnown(what, fact));
  const named = lowered(values);
  const isNamed = (each = '') => named.includes(each.toLowerCase());
  const said = read(fact.value);
  return (mode === 'auto' ? said.every(isNamed) : said.some(isNamed)) ? YES : NO;
}

/**
 * Nobody is in a unit that does not exist any more, so that an entry that names one would keep nothing from being
 * closed. Whom it was to keep is not known then; for `auto` it is enough that nobody is in it.
 */
function isInOneOf(units: readonly string[] | undefined, account: Fact<AccountFacts> | undefined, mode: PolicyMode) {
  const among = isAmong(units, account, 'the account', (it) => it.organizationalUnits);
  if (among.match !== 'no' || mode === 'auto' || account?.known !== true) return among;
  const doubtful = (account.value.doubtfulUnits ?? []).filter(({ id }) => units?.includes(id));
  return doubtful.length === 0 ? among : unknownFor(doubtful.map(({ reason }) => reason).join('; '));
}

/** Closing takes away from everything that is attached: for `auto` all of it must be named. */
function isAttachedTo(values: readonly string[], attached: Context['attached'] | undefined, mode: PolicyMode): Matched {
  if (attached?.known !== true) return unknownFor(notKnown('what is attached', attached));
  const { count, kinds, more } = attached.value;
  const there: readonly string[] = count === 0 && kinds.length === 0 && more !== true ? ['nothing'] : kinds;
  const isNamed = (kind: string) => values.includes(kind);
  if (mode === 'auto' && !there.every(isNamed)) return NO;
  if (mode !== 'auto' && there.some(isNamed)) return YES;
  if (more === true) return unknownFor('what is attached: not all network interfaces were read or show');
  return mode === 'auto' ? YES : NO;
}

function notKnown(what: string, fact: Fact<unknown> | undefined): string {
  return fact?.known === false ? `${what}: ${fact.reason}` : what;
}

function lowered(values: readonly string[]): readonly string[] {
  return values.map((value) => value.toLowerCase());
}
