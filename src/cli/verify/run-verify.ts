import { sha256 } from '../../aws/sha-256';
import { readEvidence } from '../../core/certificate/verification/evidence';
import { verifyCertificates, type Verified } from '../../core/certificate/verification/verify-certificates';
import { CouldNotTellError, InputError } from '../cli-error';
import { colorsFor } from '../terminal';
import { readAnchorFile } from './read-anchor-file';
import { readCertificateFile } from './read-certificate-file';
import { renderVerified, toJson } from './render-verified';
import { fitLines } from '../fit-lines';
import { plural } from '../plural';
import { showWaiting } from '../waiting-line';

export interface RunVerifyOptions {
  /** A file of what somebody else has kept of the chains. */
  readonly anchors?: string;
  readonly json?: true;
}

const FIX = 'give what `portcullis show REMEDIATION_ID --certificate FILE` of this version or an older one wrote';

/**
 * @throws InputError for what is no certificate; Error when something does not hold; CouldNotTellError when that is not
 * known
 */
export async function runVerify(
  files: readonly string[],
  { anchors: anchorFile, json }: RunVerifyOptions,
): Promise<void> {
  const documents: Awaited<ReturnType<typeof readCertificateFile>>[number][] = [];
  const waiting = () => `${plural(documents.length, 'certificate')} read`;
  const stopWaiting = showWaiting(waiting, { ...(json && { json }) });
  try {
    for (const file of files) documents.push(...(await readCertificateFile(file)));
  } finally {
    stopWaiting();
  }
  const read = documents.map((document) => {
    const evidence = readEvidence(document.value);
    if (!evidence.ok) throw new InputError(`${document.name} ${evidence.error}; ${FIX}`);
    return { document, evidence: evidence.value };
  });
  const anchors = anchorFile === undefined ? undefined : await readAnchorFile(anchorFile);
  const verified = verifyCertificates(read, sha256, anchors);
  const text = json ? JSON.stringify(toJson(verified)) : fitLines(renderVerified(verified, colorsFor(process.stdout)));
  process.stdout.write(`${text}\n`);
  throwUnlessAllHolds(verified);
}

function throwUnlessAllHolds(verified: readonly Verified[]): void {
  const count = (verdict: string): number =>
    verified.filter(({ statements }) => statements.some((each) => each.verdict === verdict)).length;
  const of = `of ${String(verified.length)} ${verified.length === 1 ? 'certificate' : 'certificates'}`;
  const failing = count('does-not-hold');
  if (failing > 0) throw new Error(`${String(failing)} ${of} ${failing === 1 ? 'does' : 'do'} not hold`);
  const unclear = count('could-not-tell');
  if (unclear > 0) {
    throw new CouldNotTellError(`whether ${String(unclear)} ${of} ${unclear === 1 ? 'holds' : 'hold'} cannot be told`);
  }
}
