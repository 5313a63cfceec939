import type { ControlId } from '../controls/control-id';
import type { PolicyEntry, PolicyGuards } from './policy-entry';

/**
 * What distinguishes the policy of one deployment from that of another, as far as it says what is closed with nobody
 * asked.
 */
export interface PolicyMark {
  /** Controls that are automatic, for some targets at least. */
  readonly automatic: readonly string[];
  /** Of decisions and guards: another one wherever any of them is. */
  readonly digest: string;
}

const DIGEST_CHARACTERS = 16;

/**
 * One short text, which a parameter of SSM holds.
 *
 * @param sha256 in hexadecimal digits
 */
export function toPolicyMark(
  automatic: readonly ControlId[],
  decides: { readonly decisions?: readonly PolicyEntry[]; readonly guards?: PolicyGuards },
  sha256: (text: string) => string,
): string {
  const { decisions = [], guards = {} } = decides;
  const digest = sha256(JSON.stringify([decisions, guards])).slice(0, DIGEST_CHARACTERS);
  return `${digest} ${automatic.length === 0 ? 'none' : [...automatic].sort().join(',')}`;
}

/** Undefined for what is no such text. */
export function parsePolicyMark(text: string): PolicyMark | undefined {
  const [, digest, automatic] = /^([\da-f]{16}) (\S+)$/.exec(text) ?? [];
  if (digest === undefined || automatic === undefined) return undefined;
  return { digest, automatic: automatic === 'none' ? [] : automatic.split(',') };
}

/**
 * What has changed since, in a sentence, for somebody who closes these controls with nobody asked; undefined where
 * nothing has that could keep them from being closed.
 */
export function describePolicyChange(
  own: PolicyMark,
  live: PolicyMark,
  controls: readonly ControlId[],
): string | undefined {
  const taken = controls.filter((id) => own.automatic.includes(id) && !live.automatic.includes(id));
  if (taken.length > 0) {
    return `${taken.join(', ')} ${taken.length === 1 ? 'was' : 'were'} taken from what is automatic after this began.`;
  }
  return own.digest === live.digest ? undefined : 'The policy was changed after this began.';
}
