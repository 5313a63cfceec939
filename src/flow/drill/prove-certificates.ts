import { readEvidence } from '../../core/certificate/verification/evidence';
import { verifyCertificates } from '../../core/certificate/verification/verify-certificates';
import type { Sha256 } from '../../core/certificate/seal-certificate';
import { notShown, shown, type Shown } from '../../core/drill/drill-step';
import type { Target } from '../../core/target';
import type { DrillPorts } from '../ports';

/** So many ends have a certificate each: a closing, an undo, a closing. */
const CERTIFICATES = 3;

/** Verifies what the deployment certified, offline, with nothing but what is in it. */
export async function proveCertificates(
  target: Target,
  sha256: Sha256,
  { deployment }: DrillPorts,
): Promise<Shown<readonly unknown[]>> {
  const chain = await deployment.fetchCertificates(target);
  if (!chain.ok) return notShown(chain.error.cause);
  const read = chain.value.flatMap((value, index) => {
    const evidence = readEvidence(value);
    return evidence.ok
      ? [{ document: { name: `certificate ${String(index + 1)}`, value }, evidence: evidence.value }]
      : [];
  });
  const verified = verifyCertificates(read, sha256);
  const bad = verified.flatMap(({ name, statements }) =>
    statements
      .filter(({ verdict }) => verdict === 'does-not-hold' || verdict === 'could-not-tell')
      .map(({ check, text }) => `${name}, ${check}: ${text}`),
  );
  const [first] = bad;
  if (first !== undefined) return notShown(first, 'keep this file and tell us');
  if (verified.length < CERTIFICATES) {
    return notShown(`there are ${String(verified.length)} certificates, not ${String(CERTIFICATES)}`);
  }
  return shown(`${String(verified.length)} certificates hold, each by itself and as a chain`, chain.value);
}
