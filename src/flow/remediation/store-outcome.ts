import { toCertificateContents } from '../../core/certificate/making/to-certificate-contents';
import { hasCertificate } from '../../core/ledger/has-certificate';
import type { CertificateAnchor } from '../../core/certificate/certificate';
import type { RemediationRecord } from '../../core/ledger/remediation-record';
import type { Resource } from '../../core/resource';
import { success } from '../../core/result';
import type { Ledger, PortResult } from '../ports';

/**
 * Stores how a remediation ended. The certificate goes first: whoever finds a finished record finds its certificate
 * too. A preview has done nothing that could be certified, nor has an undo for which there is no closing. May be
 * repeated.
 *
 * @param after the target as last read back; undefined when it is gone or could not be read
 * @returns where the certificate stands, undefined where there is none
 */
export async function storeOutcome(
  record: RemediationRecord,
  after: Resource | undefined,
  ledger: Pick<Ledger, 'saveCertificate' | 'saveRemediation'>,
): PortResult<CertificateAnchor | undefined> {
  let certificate: CertificateAnchor | undefined;
  if (hasCertificate(record)) {
    const certified = await ledger.saveCertificate(toCertificateContents(record, after));
    if (!certified.ok) return certified;
    certificate = certified.value;
  }
  const saved = await ledger.saveRemediation(certificate === undefined ? record : { ...record, certificate });
  return saved.ok ? success(certificate) : saved;
}
