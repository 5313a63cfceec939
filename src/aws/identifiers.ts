import { createHash, randomUUID } from 'node:crypto';
import { targetKey, type Target } from '../core/target';
import type { Identifiers, Tenure } from '../flow/ports';
import { sha256 } from './sha-256';

/**
 * Names of one deployment. Those of executions, remediations and (by these) runs of SSM hold its prefix, because two
 * deployments may share an account and Region, where names of executions must be unique; and the nonce of the holding,
 * because a ledger that is restored from a backup counts generations that it has counted before.
 * https://docs.aws.amazon.com/lambda/latest/dg/durable-execution-idempotency.html
 *
 * @param prefix of the deployment
 */
export function createIdentifiers(prefix: string): Identifiers {
  const hash = (target: Target, { generation, nonce }: Tenure, ...more: readonly number[]) =>
    sha256([prefix, targetKey(target), String(generation), nonce, ...more.map(String)].join('\n'));
  return {
    nonce: randomUUID,
    // Lambda takes 64 characters of [a-zA-Z0-9-_].
    executionName: (target, tenure) => hash(target, tenure),
    remediationId: (target, tenure, sequence) => `rem-${hash(target, tenure, sequence).slice(0, 16)}`,
    exceptionId: (target, requestId) => `exc-${sha256([prefix, targetKey(target), requestId].join('\n')).slice(0, 16)}`,
    grantId: (target, requestId) => `grt-${sha256([prefix, targetKey(target), requestId].join('\n')).slice(0, 16)}`,
    requestId: (eventId, action, { id, productArn }) =>
      `${eventId}/${action}-${sha256(`${productArn}\n${id}`).slice(0, 16)}`,
  };
}

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
