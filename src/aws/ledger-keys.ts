import { targetKey, type Target } from '../core/target';

/**
 * Keys of the ledger's one table.
 *
 * | pk                     | sk                        | item                                                       |
 * |------------------------|---------------------------|------------------------------------------------------------|
 * | `TARGET#<target key>`  | `CLAIM`                   | who holds the target. Never deleted: generations only grow |
 * | `TARGET#<target key>`  | `REQUEST#<message id>`    | findings that somebody wants closed, until answered        |
 * | `TARGET#<target key>`  | `REMEDIATION#<time>#<id>` | points to a remediation of the target                      |
 * | `REMEDIATION#<id>`     | `RECORD`                  | the remediation                                            |
 */
export const CLAIM = 'CLAIM';
export const RECORD = 'RECORD';
export const REQUEST_PREFIX = 'REQUEST#';
export const REMEDIATION_PREFIX = 'REMEDIATION#';

export function targetPartition(target: Target): string {
  return `TARGET#${targetKey(target)}`;
}

export function remediationPartition(remediationId: string): string {
  return `${REMEDIATION_PREFIX}${remediationId}`;
}
