import { createHash } from 'node:crypto';
import { targetKey, type Target } from '../core/target';
import type { Identifiers } from '../flow/ports';
import { sha256 } from './sha-256';

/**
 * Name of the durable execution: at most 64 characters of `[a-zA-Z0-9-_]`. The same target and generation give the
 * same name, so that starting twice starts once.
 * https://docs.aws.amazon.com/lambda/latest/dg/durable-execution-idempotency.html
 */
export function executionName(target: Target, generation: number): string {
  return sha256(`${targetKey(target)}\n${String(generation)}`);
}

export const identifiers: Identifiers = {
  remediationId: (target, generation, sequence) =>
    `rem-${sha256(`${targetKey(target)}\n${String(generation)}\n${String(sequence)}`).slice(0, 16)}`,
  requestId: (eventId, action, { id, productArn }) =>
    `${eventId}/${action}-${sha256(`${productArn}\n${id}`).slice(0, 16)}`,
};

/** SSM's token for a run: a UUIDv5 of the run's id, so that a start which is repeated is recognized. */
export function clientTokenOf(runId: string): string {
  return uuidV5(runId);
}

/** Made once for this project: any fixed UUID serves as the namespace. */
const NAMESPACE = Buffer.from('5d0a8b9e3f0c4c7b9a616d1f0e7c2b48', 'hex');

/** https://www.rfc-editor.org/rfc/rfc9562#section-5.5 */
function uuidV5(name: string): string {
  const digest = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x50, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  return digest.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
