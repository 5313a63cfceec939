import * as schemas from '@aws-sdk/client-service-quotas';
import type {
  GetAWSDefaultServiceQuotaRequest,
  GetAWSDefaultServiceQuotaResponse,
  GetServiceQuotaRequest,
  GetServiceQuotaResponse,
  ServiceQuota,
} from '@aws-sdk/client-service-quotas';

import { AwsError } from '../runtime/aws-error';
import type { CallContext, Operation, Service } from '../runtime/operation';

interface ServiceQuotasOperations {
  readonly GetServiceQuota: Operation<GetServiceQuotaRequest, GetServiceQuotaResponse>;
  readonly GetAWSDefaultServiceQuota: Operation<GetAWSDefaultServiceQuotaRequest, GetAWSDefaultServiceQuotaResponse>;
}

/** What AWS gives to everybody; the sandbox gives no more, and holds nobody to the last three. */
const DEFAULTS: readonly (readonly [service: string, code: string, name: string, value: number])[] = [
  ['vpc', 'L-0EA8095F', 'Inbound or outbound rules per security group', 60],
  ['vpc', 'L-2AEEBF1A', 'Rules per network ACL', 20],
  ['vpc', 'L-2AFB9258', 'Security groups per network interface', 5],
  ['ssm', 'L-09101E66', 'Concurrently executing Automations', 100],
  ['lambda', 'L-B99A9384', 'Concurrent executions', 1000],
];

/** Service Quotas: the few quotas that the product asks for, none of which anybody has had raised. */
export function createServiceQuotas(): Service {
  const operations: ServiceQuotasOperations = {
    GetServiceQuota: {
      permissions: (input, context) => [
        { action: 'servicequotas:GetServiceQuota', resource: quotaArn(input, context) },
      ],
      // As in AWS for quotas without an applied value: https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html
      handle: ({ ServiceCode = '', QuotaCode = '' }) => {
        if (ServiceCode === 'ssm') throw notThere(ServiceCode, QuotaCode);
        return { Quota: find(ServiceCode, QuotaCode) };
      },
    },
    GetAWSDefaultServiceQuota: {
      permissions: () => [{ action: 'servicequotas:GetAWSDefaultServiceQuota', resource: '*' }],
      handle: ({ ServiceCode = '', QuotaCode = '' }) => ({ Quota: find(ServiceCode, QuotaCode) }),
    },
  };
  return { signingName: 'servicequotas', protocol: 'awsJson1_1', schemas, operations: { ...operations } };
}

function find(service: string, code: string): ServiceQuota {
  const found = DEFAULTS.find((each) => each[0] === service && each[1] === code);
  if (found === undefined) throw notThere(service, code);
  const [ServiceCode, QuotaCode, QuotaName, Value] = found;
  return { ServiceCode, QuotaCode, QuotaName, Value, Adjustable: true, GlobalQuota: false };
}

function notThere(service: string, code: string): AwsError {
  return new AwsError('NoSuchResourceException', `The request failed because ${service} ${code} does not exist.`);
}

function quotaArn(
  {
    ServiceCode = '',
    QuotaCode = '',
  }: { readonly ServiceCode?: string | undefined; readonly QuotaCode?: string | undefined },
  { world, account, region }: CallContext,
): string {
  return `arn:${world.partition}:servicequotas:${region}:${account}:${ServiceCode}/${QuotaCode}`;
}
