import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  type ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import { success } from '../../core/result';
import type { PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';

/**
 * A quota as it is applied in the client's account and Region, or AWS's default where none was ever applied; undefined
 * where Service Quotas knows neither.
 * https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html
 */
export async function fetchQuota(
  client: ServiceQuotasClient,
  ServiceCode: string,
  QuotaCode: string,
): PortResult<number | undefined> {
  const doing = `Quota ${QuotaCode} of ${ServiceCode} cannot be read`;
  const applied = await attempt(doing, () => client.send(new GetServiceQuotaCommand({ ServiceCode, QuotaCode })));
  if (applied.ok && applied.value.Quota?.Value !== undefined) return success(applied.value.Quota.Value);
  if (!applied.ok && !isAbsent(applied.error.cause)) return applied;
  const standard = await attempt(doing, () =>
    client.send(new GetAWSDefaultServiceQuotaCommand({ ServiceCode, QuotaCode })),
  );
  if (standard.ok) return success(standard.value.Quota?.Value);
  return isAbsent(standard.error.cause) ? success(undefined) : standard;
}

function isAbsent(cause: string): boolean {
  return cause.includes('NoSuchResourceException');
}
