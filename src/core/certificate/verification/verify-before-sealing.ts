import type { CertificateContents } from '../certificate';
import { sealCertificate, type Sha256 } from '../seal-certificate';
import { readEvidence, type Evidence } from './evidence';
import { findOwnPart } from './own-part';
import type { Statement } from './statement';
import { findUnexplained, type Unexplained } from './unexplained';
import { verifyCertificates } from './verify-certificates';

/**
 * What the independent verification says of a certificate before it is sealed, and so before anybody is notified of
 * anything.
 */
export interface Judgement extends Unexplained {
  /** What does not hold, a text each. */
  readonly broken: readonly string[];
  /** Whether all that does not hold may be somebody else's work: only what the runbooks called can tell. */
  readonly mayBeOthers: boolean;
  /** Whether SSM's records show that the runbooks made the planned calls and no other. */
  readonly ranAsPlanned: boolean;
  /** What cannot be determined of what the certificate claims. */
  readonly unclear: readonly string[];
}

/**
 * Verifies what is about to be certified in the place that it will have, from nothing but its JSON, as an auditor will.
 *
 * @param chain the latest certificates of its target as they were stored, in their order; of an undo, back to its
 *   closing
 */
export function verifyBeforeSealing(
  contents: CertificateContents,
  chain: readonly unknown[],
  sha256: Sha256,
): Judgement {
  const earlier: Evidence[] = [];
  for (const value of chain) {
    const read = readEvidence(value);
    if (!read.ok) return judgementOf([`a certificate before it ${read.error}`]);
    earlier.push(read.value);
  }
  const { sequence = 0, hash = null } = earlier.at(-1)?.envelope ?? {};
  const certificate = sealCertificate(contents, { sequence: sequence + 1, previous: hash }, sha256);
  const own = readEvidence(JSON.parse(JSON.stringify(certificate)));
  if (!own.ok) return judgementOf([own.error]);
  const documents = [...earlier, own.value].map((evidence) => ({ document: { name: '', value: undefined }, evidence }));
  const verified = verifyCertificates(documents, sha256);
  const statements = verified.at(-1)?.statements ?? [];
  // What was tampered with before it shows where its hashes are computed again.
  const tampered = verified.slice(0, -1).flatMap((each) => each.statements.filter(isTampering));
  const broken = [...statements.filter(({ verdict }) => verdict === 'does-not-hold'), ...tampered];
  const claimed = statements.filter(({ check, verdict }) => check === 'closed' && verdict === 'could-not-tell');
  const { parts } = own.value;
  return {
    broken: broken.map(({ text }) => text),
    mayBeOthers: broken.length > 0 && broken.every(mayBeOthers),
    ranAsPlanned: parts !== undefined && findOwnPart(own.value, parts) !== undefined,
    unclear: claimed.map(({ text }) => text),
    ...(parts === undefined ? { added: [], gone: [] } : findUnexplained(own.value, parts)),
  };
}

function judgementOf(broken: readonly string[]): Judgement {
  return { broken, mayBeOthers: false, ranAsPlanned: false, unclear: [], added: [], gone: [] };
}

function isTampering({ check, verdict }: Statement): boolean {
  return check === 'unchanged' && verdict === 'does-not-hold';
}

/** Of what the target shows, not of what the certificate says of itself. */
function mayBeOthers({ check, part }: Statement): boolean {
  return part === 'after' && (check === 'nothing-opened' || check === 'smallest-cut');
}
