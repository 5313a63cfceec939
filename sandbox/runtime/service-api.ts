export type Protocol = 'ec2Query' | 'awsQuery' | 'awsJson1_0' | 'awsJson1_1' | 'restJson1' | 'restXml';

/** What other services may know of one: its names and shapes. They reach it through `World.call` alone. */
export interface ServiceApi {
  /** SigV4 signing name: `ec2`, `securityhub`, `ssm`, `sts`, `events`, `sns`, `sqs`, `dynamodb`, `lambda`. */
  readonly signingName: string;
  readonly protocol: Protocol;
  /** The SDK client's module: `import * as schemas from '@aws-sdk/client-ec2'`. It exports the operations' schemas. */
  readonly schemas: object;
  /** By the API's own names: `RevokeSecurityGroupIngress`. */
  readonly operations: Readonly<Record<string, unknown>>;
}
