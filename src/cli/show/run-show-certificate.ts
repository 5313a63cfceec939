import { writeFileSync } from 'node:fs';
import * as z from 'zod';
import { accessReasonOf } from '../access-reason';
import { createOperator, fetchRecord, orCouldNotTell } from '../operator/operator';
import { CouldNotTellError, InputError } from '../cli-error';
import { printable } from '../terminal';
import type { RunShowOptions } from './show-options';

const headSchema = z.looseObject({ remediationId: z.string(), sequence: z.int(), hash: z.string() });

/**
 * Writes a remediation's certificate as it is in the ledger, unjudged: `portcullis verify` does that.
 *
 * @param file undefined, or `-`, for standard output
 * @throws InputError for an unknown id or a preview, CouldNotTellError when there is none yet or the ledger cannot be
 *   read
 */
export async function runShowCertificate(
  remediationId: string,
  file: string | undefined,
  options: RunShowOptions,
): Promise<void> {
  const operator = await createOperator(options);
  const { target, action, finishedAt } = await fetchRecord(remediationId, operator);
  if (action === 'preview' || action === 'context')
    throw new InputError(`${remediationId} is a ${action}: it changed nothing and has no certificate`);
  const chain = await orCouldNotTell(operator.ledger.fetchCertificatesOf(target), operator.region);
  // The latest, should one that broke off have been certified twice.
  const certificate = chain.findLast((each) => headSchema.safeParse(each).data?.remediationId === remediationId);
  if (certificate === undefined) {
    if (finishedAt === undefined)
      throw new CouldNotTellError(`${remediationId} has not ended yet; its certificate comes then`);
    throw new Error(
      `the ledger holds no certificate of ${remediationId}: it ended before certificates were kept, or it was removed`,
    );
  }
  const text = `${JSON.stringify(options.chain ? chain : certificate, null, 2)}\n`;
  if (file === undefined || file === '-') {
    process.stdout.write(text);
    return;
  }
  writeCertificate(file, text);
  const { sequence, hash } = headSchema.parse(certificate);
  const shown = options.chain
    ? { file, target: target.id, certificates: chain.length }
    : { file, target: target.id, sequence, hash };
  const line = options.chain
    ? `${String(chain.length)} certificates of ${target.id} written to ${file}`
    : `Certificate ${String(sequence)} of ${target.id} written to ${file}, SHA-256 ${hash}`;
  process.stdout.write(`${options.json ? JSON.stringify(shown) : printable(line)}\n`);
}

function writeCertificate(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new InputError(`${file} cannot be written: ${accessReasonOf(error)}`);
  }
}
