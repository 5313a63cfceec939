interface Price {
  readonly dollars: number;
  readonly unit: string;
  readonly page: string;
}

const LAMBDA = 'https://aws.amazon.com/lambda/pricing/';
const DYNAMODB = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';

/** US East (N. Virginia), on demand, without any free tier, as they stood in November 2026. */
export const AWS_PRICES = {
  automationStep: {
    dollars: 0.002,
    unit: 'step of an automation',
    page: 'https://aws.amazon.com/systems-manager/pricing/',
  },
  lambdaRequest: { dollars: 0.2 / 1e6, unit: 'invocation', page: LAMBDA },
  lambdaGigabyteSecond: { dollars: 0.0000133334, unit: 'GB-second on Arm', page: LAMBDA },
  durableOperation: { dollars: 8 / 1e6, unit: 'durable operation', page: LAMBDA },
  durableGigabyteWritten: { dollars: 0.25, unit: 'GB of durable data written', page: LAMBDA },
  dynamoWriteUnit: { dollars: 0.625 / 1e6, unit: 'write request unit', page: DYNAMODB },
  dynamoReadUnit: { dollars: 0.125 / 1e6, unit: 'read request unit', page: DYNAMODB },
  sqsRequest: { dollars: 0.4 / 1e6, unit: 'request', page: 'https://aws.amazon.com/sqs/pricing/' },
  customEvent: {
    dollars: 1 / 1e6,
    unit: 'event of 64 KB put on a bus of our own',
    page: 'https://aws.amazon.com/eventbridge/pricing/',
  },
  searchedGigabyte: {
    dollars: 0.005,
    unit: 'GB that a query of Logs Insights scans',
    page: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
  searchedTerabyte: {
    dollars: 5,
    unit: 'TB that a query of Athena scans',
    page: 'https://aws.amazon.com/athena/pricing/',
  },
  logGigabyte: { dollars: 0.5, unit: 'GB of logs', page: 'https://aws.amazon.com/cloudwatch/pricing/' },
} as const satisfies Readonly<Record<string, Price>>;

/**
 * What one remediation costs with Automated Security Response on AWS 3.1, in US dollars; docs/performance.md says how
 * that comes about.
 * https://docs.aws.amazon.com/solutions/latest/automated-security-response-on-aws/cost.html
 */
export const PEER_DOLLARS = { least: 0.009, most: 0.011 } as const;
/** Of SSM Automation, at least. */
export const PEER_STEPS = 4;
