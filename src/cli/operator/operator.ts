import { createOperatorAdapters, type OperatorAdapters } from '../../aws/adapters/operator-adapters';
import { isRemediationId } from '../../core/ledger/remediation-id';
import type { RemediationRecord } from '../../core/ledger/remediation-record';
import type { PortResult } from '../../flow/ports';
import { CouldNotTellError, InputError } from '../cli-error';
import { hubHint, withHubHint } from './hub-hint';
import { checkEnvironmentEndpoints } from '../environment-endpoints';
import { checkRegion, environmentRegion } from '../environment-region';

export interface OperatorOptions {
  readonly prefix: string;
  readonly region?: string;
}

/** @throws InputError without a Region, and for what is none */
export async function createOperator({ prefix, region }: OperatorOptions): Promise<OperatorAdapters> {
  checkEnvironmentEndpoints();
  const operator = await createOperatorAdapters({ prefix, region: region ?? environmentRegion() });
  if (!operator.ok) throw new InputError(operator.error.cause);
  checkRegion(operator.value.region);
  return operator.value;
}

/** @throws InputError for what is no id, or none of this ledger; CouldNotTellError when the ledger cannot be read */
export async function fetchRecord(
  remediationId: string,
  { ledger, region }: OperatorAdapters,
): Promise<RemediationRecord> {
  if (!isRemediationId(remediationId)) {
    throw new InputError(
      `"${remediationId}" is not a remediation id; it looks like rem-0123456789abcdef and stands in the finding's note`,
    );
  }
  const record = await orCouldNotTell(ledger.fetchRemediation(remediationId), region);
  if (record === undefined) {
    throw new InputError(
      `the ledger in Region ${region} holds no remediation ${remediationId}; ${await hubHint(region)}`,
    );
  }
  return record;
}

/** @throws CouldNotTellError */
export async function orCouldNotTell<Value>(outcome: PortResult<Value>, region: string): Promise<Value> {
  const result = await outcome;
  if (result.ok) return result.value;
  const { code, cause } = result.error;
  if (code === 'not-found' || code === 'access-denied') throw new CouldNotTellError(await withHubHint(cause, region));
  throw new CouldNotTellError(`${cause} (Region ${region})`);
}
