import { AWS_PRICES } from './aws-prices';

/** What one remediation used. Calls of EC2, STS and Security Hub cost nothing. */
export interface Operations {
  readonly automationSteps: number;
  readonly lambdaInvocations: number;
  readonly lambdaGigabyteSeconds: number;
  readonly durableOperations: number;
  readonly durableBytesWritten: number;
  readonly dynamoWriteUnits: number;
  readonly dynamoReadUnits: number;
  readonly sqsRequests: number;
  readonly customEvents: number;
  readonly logBytes: number;
}

const GIGABYTE = 1024 ** 3;

export interface PricePart {
  readonly what: string;
  readonly dollars: number;
}

/** The parts of the price, the dearest first. */
export function pricePartsOf(used: Operations): readonly PricePart[] {
  const parts: readonly PricePart[] = [
    { what: 'SSM Automation', dollars: used.automationSteps * AWS_PRICES.automationStep.dollars },
    {
      what: 'durable executions',
      dollars:
        used.durableOperations * AWS_PRICES.durableOperation.dollars +
        (used.durableBytesWritten / GIGABYTE) * AWS_PRICES.durableGigabyteWritten.dollars,
    },
    {
      what: 'Lambda',
      dollars:
        used.lambdaInvocations * AWS_PRICES.lambdaRequest.dollars +
        used.lambdaGigabyteSeconds * AWS_PRICES.lambdaGigabyteSecond.dollars,
    },
    {
      what: 'DynamoDB',
      dollars:
        used.dynamoWriteUnits * AWS_PRICES.dynamoWriteUnit.dollars +
        used.dynamoReadUnits * AWS_PRICES.dynamoReadUnit.dollars,
    },
    { what: 'SQS', dollars: used.sqsRequests * AWS_PRICES.sqsRequest.dollars },
    { what: 'EventBridge', dollars: used.customEvents * AWS_PRICES.customEvent.dollars },
    { what: 'logs', dollars: (used.logBytes / GIGABYTE) * AWS_PRICES.logGigabyte.dollars },
  ];
  return [...parts].sort((a, b) => b.dollars - a.dollars);
}

/** Their whole price in US dollars, at the list prices of `aws-prices.ts`: no free tier. */
export function priceOf(used: Operations): number {
  return pricePartsOf(used).reduce((sum, { dollars }) => sum + dollars, 0);
}

/**
 * Memory at which Lambda gives one whole processor:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
const MEGABYTES_OF_A_PROCESSOR = 1769;

/**
 * What Lambda counts for one invocation: the processor time stretched to the share of a processor that the memory
 * brings, the time of the calls, one after the other, and rounded up to whole milliseconds.
 */
export function billedMillis(
  { cpuMillis, calls }: { readonly cpuMillis: number; readonly calls: number },
  { memoryMegabytes, callMillis }: { readonly memoryMegabytes: number; readonly callMillis: number },
): number {
  const share = Math.min(1, memoryMegabytes / MEGABYTES_OF_A_PROCESSOR);
  return Math.ceil(cpuMillis / share + calls * callMillis);
}
