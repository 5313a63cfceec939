import { success } from '../../core/result';
import type { MemberState, PortResult } from '../ports';

/** A runbook as this version deploys it, without the deployment's prefix. */
export interface ExpectedDocument {
  readonly name: string;
  readonly content: unknown;
}

/** Names of documents, with the deployment's prefix. */
export interface ComparedDocuments {
  readonly missing: readonly string[];
  /** Of another version, or changed by hand. */
  readonly changed: readonly string[];
}

/** So many are read at a time: SSM takes a few calls a second. */
const AT_ONCE = 3;

/** Which documents of a member's Region are not there, or not as this version deploys them. */
export async function compareDocuments(
  member: Pick<MemberState, 'fetchDocument'>,
  prefix: string,
  documents: readonly ExpectedDocument[],
): PortResult<ComparedDocuments> {
  const missing: string[] = [];
  const changed: string[] = [];
  for (let at = 0; at < documents.length; at += AT_ONCE) {
    const some = documents.slice(at, at + AT_ONCE);
    const read = await Promise.all(some.map(({ name }) => member.fetchDocument(`${prefix}-${name}`)));
    for (const [index, { name, content }] of some.entries()) {
      const found = read[index];
      if (found === undefined) continue;
      if (!found.ok) return found;
      if (found.value === undefined) missing.push(`${prefix}-${name}`);
      else if (inTexts(found.value) !== inTexts(content)) changed.push(`${prefix}-${name}`);
    }
  }
  return success({ missing, changed });
}

/** What documents there are, in words. */
export function describeDocuments(
  documents: readonly ExpectedDocument[],
  { missing, changed }: ComparedDocuments,
): string {
  const count = `${String(documents.length - missing.length - changed.length)} of ${String(documents.length)}`;
  return [
    `${count} are those of this version`,
    ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []),
    ...(changed.length > 0 ? [`of another version, or changed by hand: ${changed.join(', ')}`] : []),
  ].join('; ');
}

/**
 * The same text for the same document: CloudFormation may turn numbers and yes or no into texts, and order keys anew.
 */
function inTexts(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inTexts).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(String(value));
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${inTexts(one)}`).join(',')}}`;
}
