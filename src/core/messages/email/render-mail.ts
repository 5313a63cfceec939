import { truncateText } from '../truncate-text';
import type { Digest } from '../../digest/digest';
import { factsOf, OWNER_MUST_CHANGE, titleOf } from '../describe-notice';
import type { Notice } from '../notice';
import { DIGEST_KIND } from '../notice-kinds';
import { readableText } from '../readable-text';
import { describeDigest, renderDigest } from './render-digest';

/** A mail as SNS sends it, with attributes that subscriptions may filter by. */
export interface Mail {
  /** Fewer than 100 printable characters of ASCII. */
  readonly subject: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string | number | readonly string[]>>;
}

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const MAX_SUBJECT = 99;
/** Of 256 KiB that SNS takes: a text of four bytes a character fits as well. */
const MAX_SUMMARY = 8000;
const MAX_VALUE = 2000;
const MAX_ATTRIBUTE = 256;

/** Attributes count towards the 256 KiB, and a filter policy reads them. */
const MOST_IN_ATTRIBUTE = 100;

const FOOTER = 'Sent by Portcullis. The story behind it: portcullis show with the id of the remediation.';

/** Text that people can read, one fact a line. */
export function renderMail(notice: Notice): Mail {
  const { digest, id } = notice;
  if (digest !== undefined) return toDigestMail(digest, id);
  const facts = factsOf(notice);
  const width = Math.max(...facts.map(([name]) => name.length)) + 2;
  const lines = facts.map(([name, value]) =>
    name === OWNER_MUST_CHANGE ? `${name}:\n${indented(value)}` : `${`${name}:`.padEnd(width)}${oneLine(value)}`,
  );
  const { summary, remediation } = notice;
  return {
    subject: toSubject(`[Portcullis] ${titleOf(notice)}`),
    text: [
      oneLine(titleOf(notice)),
      ...(summary === '' ? [] : ['', truncateText(readableText(summary), MAX_SUMMARY)]),
      '',
      ...lines,
      ...(remediation === undefined ? [] : ['', FOOTER]),
      '',
    ].join('\n'),
    attributes: attributesOf(notice),
  };
}

/** @param id of the digest: the same when it is sent again */
function toDigestMail(digest: Digest, id: string): Mail {
  const { until, all, accounts } = digest;
  return {
    subject: toSubject(`[Portcullis] Digest ${until.slice(0, 10)}: ${describeDigest(digest)}`),
    text: `${renderDigest(digest)}\n\nSent by Portcullis. ${id}\n`,
    attributes: {
      event: DIGEST_KIND,
      until,
      ...all,
      ...(accounts.length > 0 && { accounts: accounts.slice(0, MOST_IN_ATTRIBUTE).map(({ account }) => account) }),
    },
  };
}

/** A subject of SNS begins with a letter, digit or punctuation mark, and has no line breaks. */
function toSubject(text: string): string {
  const ascii = text
    .replace(/[^ -~]+/g, '?')
    .replace(/ {2,}/g, ' ')
    .trim();
  return ascii.length <= MAX_SUBJECT ? ascii : `${ascii.slice(0, MAX_SUBJECT - 3)}...`;
}

function oneLine(text: string): string {
  return truncateText(readableText(text).replace(/\s+/g, ' ').trim(), MAX_VALUE);
}

function indented(text: string): string {
  const lines = truncateText(readableText(text), MAX_VALUE).split('\n');
  return lines.map((line) => `  ${line}`).join('\n');
}

/** None may be empty, and all of them are text that can be compared. */
function attributesOf({ kind, target, controls, severity, remediation }: Notice): Mail['attributes'] {
  const all: Readonly<Record<string, string | readonly string[] | undefined>> = {
    event: kind,
    account: target?.account,
    region: target?.region,
    target: target?.id,
    severity,
    controls: controls.length === 0 ? undefined : controls,
    remediationId: remediation?.id,
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => {
      if (value === undefined || value === '') return [];
      const said = typeof value === 'string' ? attribute(value) : value.slice(0, MOST_IN_ATTRIBUTE).map(attribute);
      return [[name, said] as const];
    }),
  );
}

function attribute(text: string): string {
  return truncateText(oneLine(text) || '?', MAX_ATTRIBUTE);
}
