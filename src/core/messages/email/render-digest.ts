import {
  DIGEST_COUNTS,
  isQuietDigest,
  SOON_DAYS,
  type Digest,
  type DigestCounts,
  type DigestItem,
} from '../../digest/digest';

const HEADINGS: Readonly<Record<keyof DigestCounts, string>> = {
  opened: 'found open',
  closed: 'closed',
  waiting: 'waiting',
  failed: 'failed',
  ending: 'ending soon',
  granted: 'granted',
};

/** 12 digits, and room. */
const ACCOUNT_WIDTH = 14;
const COUNT_WIDTH = 13;

const LISTS = [
  ['failed', 'Could not be closed, or nobody could tell', 'portcullis show ID'],
  ['waiting', 'Waits for an answer, with the end of each', 'portcullis approve ID, or deny'],
  ['ending', `Exceptions that end within ${String(SOON_DAYS)} days`, 'portcullis exceptions list'],
  ['granted', 'Access that is open for a while, with its end', 'portcullis grants end ID'],
] as const satisfies readonly (readonly [keyof DigestCounts & keyof Digest, string, string])[];

/** What somebody has to do something about first: subjects are truncated. */
const AS_SAID = [
  'failed',
  'waiting',
  'opened',
  'closed',
  'ending',
  'granted',
] as const satisfies (typeof DIGEST_COUNTS)[number][];

/** In one sentence, as a subject and a summary say it. */
export function describeDigest({ all }: Pick<Digest, 'all'>): string {
  const said = AS_SAID.flatMap((name) => (all[name] === 0 ? [] : [`${String(all[name])} ${HEADINGS[name]}`]));
  return said.length === 0 ? 'nothing happened, and nothing waits' : said.join(', ');
}

/** Text for people: counts by account, and below them what somebody may want to do something about. */
export function renderDigest(digest: Digest): string {
  const { since, until, all, accounts, moreAccounts, unreadable } = digest;
  const lines = [`From ${toMinute(since)} until ${toMinute(until)} (UTC): ${describeDigest(digest)}.`];
  if (isQuietDigest(digest)) return lines.join('\n');
  lines.push(
    '',
    `${'account'.padEnd(ACCOUNT_WIDTH)}${DIGEST_COUNTS.map((name) => HEADINGS[name].padStart(COUNT_WIDTH)).join('')}`,
    ...accounts.map((each) => row(each.account, each)),
    ...(moreAccounts === 0 ? [] : [`and ${String(moreAccounts)} more accounts`]),
    ...(unreadable === 0 ? [] : [`${String(unreadable)} items of the ledger cannot be read and are in no count`]),
    ...(accounts.length + moreAccounts > 1 ? [row('together', all)] : []),
  );
  for (const [name, heading, command] of LISTS) {
    const items = digest[name];
    if (items.length === 0) continue;
    const more = all[name] - items.length;
    lines.push(
      '',
      `${heading} (${command}):`,
      ...items.map(renderItem),
      ...(more > 0 ? [`  and ${String(more)} more`] : []),
    );
  }
  return lines.join('\n');
}

function row(name: string, counts: DigestCounts): string {
  return `${name.padEnd(ACCOUNT_WIDTH)}${DIGEST_COUNTS.map((each) => String(counts[each]).padStart(COUNT_WIDTH)).join('')}`;
}

function renderItem({ id, account, region, target, at, about }: DigestItem): string {
  return `  ${id}  ${toMinute(at)}  ${account}/${region}/${target}${about === '' ? '' : `  ${about}`}`;
}

function toMinute(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}
