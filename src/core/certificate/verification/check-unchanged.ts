import { toCanonicalJson } from '../canonical-json';
import { partsSchema } from '../certificate-schema';
import type { Sha256 } from '../seal-certificate';
import * as z from '../../zod-mini';
import type { Envelope } from './evidence';
import { doesNotHold, holds, type Statement } from './statement';

const PARTS = z.keyof(partsSchema).options;

/** Computes every hash again. */
export function checkUnchanged(envelope: Envelope, sha256: Sha256): readonly Statement[] {
  const { parts, hashes, hash, format, version, remediationId, sequence, previous } = envelope;
  const found: Statement[] = [];
  for (const part of PARTS) {
    if (!(part in parts)) found.push(doesNotHold('unchanged', { code: 'part-missing', part }, part));
    else if (hashes[part] === undefined)
      found.push(doesNotHold('unchanged', { code: 'part-hash-missing', part }, part));
    else if (sha256(toCanonicalJson(parts[part])) !== hashes[part]) {
      found.push(doesNotHold('unchanged', { code: 'part-changed', part }, part));
    }
  }
  for (const name of new Set([...Object.keys(parts), ...Object.keys(hashes)])) {
    if (!PARTS.some((part) => part === name)) {
      found.push(doesNotHold('unchanged', { code: 'part-unknown', part: name }));
    }
  }
  if (sha256(toCanonicalJson({ format, version, remediationId, sequence, previous, hashes })) !== hash) {
    found.push(doesNotHold('unchanged', { code: 'certificate-hash-differs' }, 'hash'));
  }
  return found.length === 0 ? [holds('unchanged')] : found;
}

/**
 * Whether a text of JSON says what its value does and nothing else: a member that stands there twice shows one thing to
 * people and another to programs. White space between values does not matter.
 */
export function checkText(text: string, value: unknown): readonly Statement[] {
  const significant = withoutWhiteSpace(text.replace(/^\uFEFF/, ''));
  const plain = JSON.stringify(value);
  if (significant === plain) return [];
  let at = 0;
  while (significant[at] === plain[at]) at++;
  const near = significant.slice(Math.max(0, at - 20), at + 20);
  return [doesNotHold('unchanged', { code: 'file-written-anew', near })];
}

/**
 * Of JSON, between its values. Match by match, for a text may be longer than an expression for a whole string can take.
 */
function withoutWhiteSpace(json: string): string {
  let isInString = false;
  return json.replace(/\\.|"|\s+/g, (match) => {
    if (match === '"') isInString = !isInString;
    return isInString || match.trim() !== '' ? match : '';
  });
}
