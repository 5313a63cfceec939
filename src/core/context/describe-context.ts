import { RUNBOOK_CALLER } from './had-made';
import { shorten } from '../updates/compose-note';
import { counted } from './counted';
import type { Attached, AttachedItem, Context, Fact, OpenedBy, OtherWayIn, Owner, Used } from './context';
import { keptOutText } from './kept-out';

const SHOWN = 3;

/** What is known, in a few sentences for a note, what matters most first; what is not known stands in `show`. */
export function describeContext(context: Context): string {
  const { attached, reachable, used, otherWayIn, owner, managedBy, openedBy } = context;
  return [
    reachableText(reachable),
    used.known ? usedText(used.value) : '',
    otherWayInText(otherWayIn),
    attached.known ? attachedText(attached.value) : '',
    managedBy.known && managedBy.value.by !== 'none-seen'
      ? `Managed by ${managedBy.value.by}${named(managedBy.value.name)}: its next deployment may open it again.`
      : '',
    openedBy.known ? openedByText(openedBy.value) : '',
    owner.known && owner.value.owner !== undefined ? `Owner: ${plain(owner.value.owner)}.` : '',
  ]
    .filter((text) => text !== '')
    .join(' ');
}

/** Every fact in a line of its own, with what says so, or why it is not known. */
export function listContext(context: Context): readonly string[] {
  return [
    line('attached', context.attached, ({ count, items, more, otherVpcs, otherAccounts }) =>
      [
        count === 0 ? (more === true ? 'nothing that shows' : 'nothing') : items.map(itemText).join(', '),
        ...(otherVpcs.length === 0 ? [] : [`also in ${otherVpcs.join(', ')}`]),
        ...(otherAccounts.length === 0 ? [] : [`also in account ${otherAccounts.join(', ')}`]),
      ].join('; '),
    ),
    line('reachable', context.reachable, ({ answer }) => answer),
    line('used', context.used, listUse),
    line('other way in', context.otherWayIn, ({ answer, sessions }) =>
      sessions === undefined ? answer : `${answer}; ${SESSION_WORDS[sessions]}`,
    ),
    line(
      'opened by',
      context.openedBy,
      (it) => `${it.who}, ${it.at}, from ${it.from}${hadMade(it) ? '' : `, with ${TOOL_WORDS[it.with]}`}`,
    ),
    line('managed by', context.managedBy, ({ by, name }) => `${by}${named(name)}`),
    line('owner', context.owner, listOwner),
    line(
      'account',
      context.account,
      ({ name, organizationalUnits }) => `${name}, in ${organizationalUnits.join(' in ')}`,
    ),
  ];
}

function line<Value>(name: string, fact: Fact<Value>, text: (value: Value) => string): string {
  if (!fact.known) return `${name}: not known: ${fact.reason}`;
  return `${name}: ${text(fact.value)}${fact.evidence.length === 0 ? '' : ` (${fact.evidence.join('; ')})`}`;
}

function reachableText(reachable: Context['reachable']): string {
  if (!reachable.known) return '';
  const { answer, through, keptOut: [keptOut] = [] } = reachable.value;
  if (answer === 'yes') {
    const cost = keptOut === undefined ? '' : ` ${sentence(keptOutText(keptOut))}`;
    return `The internet reaches it through ${through.slice(0, SHOWN).join(', ')}.${cost}`;
  }
  return `The internet does not reach it: ${reachable.evidence[0] ?? 'no way was found'}.`;
}

/** Where nobody needs to get in, nothing is said. */
function otherWayInText(otherWayIn: Context['otherWayIn']): string {
  if (!otherWayIn.known || otherWayIn.value.answer === 'not-needed') return '';
  const { answer, ways, sessions } = otherWayIn.value;
  const way =
    answer === 'no'
      ? `No other way into it is known: ${otherWayIn.evidence.join('; ')}.`
      : `Another way in: ${ways.map(plain).join(', ')}.`;
  return sessions === undefined ? way : `${way} ${sentence(SESSION_WORDS[sessions])}`;
}

const SESSION_WORDS: Readonly<Record<NonNullable<OtherWayIn['sessions']>, string>> = {
  end: 'open sessions end at once',
  'go-on': 'open sessions go on',
};

function sentence(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;
}

/** Peers are addresses as flow logs wrote them, text of others all the same. */
function usedText({ answer, from, to, sources, lastSeen = to, peers }: Used): string {
  const days = `${from.slice(0, 10)} to ${to.slice(0, 10)}`;
  if (answer === 'none-seen') return `No use of it was seen, ${days}.`;
  const shown = peers.slice(0, SHOWN).map(({ address }) => plain(address));
  const names = `${shown.join(', ')}${sources > shown.length ? ', …' : ''}`;
  return `Used by ${counted(sources, 'source')} (${names}), last on ${lastSeen.slice(0, 10)}.`;
}

function listOwner({ owner, environment, owners, environments }: Owner): string {
  const said = (all: readonly string[] | undefined, one: string | undefined) =>
    all?.map((each) => (each === '' ? 'not said' : each)).join(' and ') ?? one;
  const of = said(environments, environment);
  return `${said(owners, owner) ?? 'not said'}${of === undefined ? '' : `, environment ${of}`}`;
}

function listUse({ answer, flows, sources, bytes, peers, rejected }: Used): string {
  const apart = rejected === 0 ? '' : `; ${counted(rejected, 'rejected flow')} apart`;
  if (answer === 'none-seen') return `none seen${apart}`;
  const names = peers.map(
    (peer) => `${peer.address} (${counted(peer.bytes, 'byte')}, last ${peer.lastSeen.slice(0, 19)}Z)`,
  );
  const sums = `${counted(flows, 'flow')} of ${counted(sources, 'source')}, ${counted(bytes, 'byte')}`;
  return `${sums}: ${names.join(', ')}${sources > peers.length ? ', …' : ''}${apart}`;
}

function openedByText(opened: OpenedBy): string {
  const { who, at, with: tool } = opened;
  const on = `on ${at.slice(0, 10)}.`;
  if (hadMade(opened)) return `Opened by ${plain(who)} ${on}`;
  // The end of an ARN says who it is; the whole stands in `show`.
  const name = who.slice(who.startsWith('arn:') ? who.lastIndexOf(':') + 1 : 0);
  return `Opened by ${plain(name)} with ${TOOL_WORDS[tool]} ${on}`;
}

/** The ledger says who had a runbook of ours make it; the runbook is no tool of theirs. */
function hadMade({ who, from }: OpenedBy): boolean {
  return from === RUNBOOK_CALLER && !who.startsWith('arn:');
}

const TOOL_WORDS: Readonly<Record<OpenedBy['with'], string>> = {
  console: 'the console',
  cli: 'the AWS CLI',
  terraform: 'Terraform',
  cloudformation: 'CloudFormation',
  cdk: 'CDK',
  other: 'another tool',
};

function attachedText({ count, items, more }: Attached): string {
  if (count === 0) return more === true ? '' : 'Nothing is attached.';
  return `Attached: ${items.slice(0, SHOWN).map(itemText).join(', ')}${items.length > SHOWN ? ', …' : ''}.`;
}

function itemText({ kind, id, name, state }: AttachedItem): string {
  const details = [name, state]
    .filter((text) => text !== undefined)
    .map(plain)
    .join(', ');
  return `${kind} ${plain(id)}${details === '' ? '' : ` (${details})`}`;
}

function named(name: string | undefined): string {
  return name === undefined ? '' : ` ${plain(name)}`;
}

const SHOWN_CHARACTERS = 60;

/**
 * Text of others, as what it is: without what would steer a terminal or turn the writing round, and no longer than
 * needed.
 */
function plain(text: string): string {
  return shorten(
    text
      .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
      .replace(/\p{Cs}/gu, '\ufffd')
      .trim(),
    SHOWN_CHARACTERS,
  );
}
