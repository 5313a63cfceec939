import { CreateTableCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';

import { AwsError } from '../runtime/aws-error';
import type { ProvisionedResource, Provisioner } from '../runtime/operation';
import { ignoredProperty, integerProperty, parseProperties, policyProperty } from '../runtime/parse-properties';
import { physicalName } from '../runtime/physical-name';
import type { Engines } from './engines';
import { tableArn } from './table-arn';
import type { TablePolicies } from './table-policies';

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.literal(['HASH', 'RANGE']) }));

const throughput = z.strictObject({ ReadCapacityUnits: integerProperty, WriteCapacityUnits: integerProperty });

const secondaryIndex = z.strictObject({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.strictObject({
    ProjectionType: z.literal(['ALL', 'KEYS_ONLY', 'INCLUDE']).optional(),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
  ProvisionedThroughput: throughput.optional(),
  OnDemandThroughput: ignoredProperty,
  ContributorInsightsSpecification: ignoredProperty,
});

const common = {
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(
    z.strictObject({ AttributeName: z.string(), AttributeType: z.literal(['S', 'N', 'B']) }),
  ),
  KeySchema: keySchema,
  BillingMode: z.literal(['PAY_PER_REQUEST', 'PROVISIONED']).optional(),
  GlobalSecondaryIndexes: z.array(secondaryIndex).optional(),
  SSESpecification: ignoredProperty,
  /** Accepted, but nothing expires by itself. */
  TimeToLiveSpecification: ignoredProperty,
};

const tableProperties = z.strictObject({
  ...common,
  ProvisionedThroughput: throughput.optional(),
  PointInTimeRecoverySpecification: ignoredProperty,
  DeletionProtectionEnabled: ignoredProperty,
  ContributorInsightsSpecification: ignoredProperty,
  OnDemandThroughput: ignoredProperty,
  TableClass: ignoredProperty,
  ResourcePolicy: z.strictObject({ PolicyDocument: policyProperty }).optional(),
  Tags: ignoredProperty,
});

const globalTableProperties = z.strictObject({
  ...common,
  Replicas: z.array(z.looseObject({ Region: z.string() })),
  WriteOnDemandThroughputSettings: ignoredProperty,
});

type TableProperties = Omit<z.output<typeof tableProperties>, 'ResourcePolicy'>;

/**
 * Makes tables; a global table as an ordinary one, for its replica must be the stack's own Region and no other.
 * @throws AwsError ValidationError for properties that the sandbox does not have
 */
export function createProvisioners(engines: Engines, policies: TablePolicies): Readonly<Record<string, Provisioner>> {
  return {
    'AWS::DynamoDB::Table': async (properties, place) => {
      const { ResourcePolicy, ...table } = parseProperties('AWS::DynamoDB::Table', tableProperties, properties);
      const made = await createTable(engines, table, place);
      if (ResourcePolicy) policies.put(tableArn(place, made.ref), ResourcePolicy.PolicyDocument);
      return made;
    },

    'AWS::DynamoDB::GlobalTable': (properties, place) => {
      const { Replicas, ...table } = parseProperties('AWS::DynamoDB::GlobalTable', globalTableProperties, properties);
      const [replica, ...others] = Replicas;
      if (replica?.Region !== place.region || others.length > 0) {
        throw new AwsError(
          'ValidationError',
          `AWS::DynamoDB::GlobalTable: Replicas in the sandbox must be the stack's own Region (${place.region}) alone`,
        );
      }
      return createTable(engines, table, place);
    },
  };
}

async function createTable(
  engines: Engines,
  properties: TableProperties,
  place: Parameters<Provisioner>[1],
): Promise<ProvisionedResource> {
  const name = properties.TableName ?? physicalName(place, 255);
  // CloudFormation's default is PROVISIONED:
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
  const BillingMode = properties.BillingMode ?? 'PROVISIONED';
  const { ProvisionedThroughput } = properties;
  await engines.run(place, async (client) => {
    await client.send(
      new CreateTableCommand({
        TableName: name,
        AttributeDefinitions: properties.AttributeDefinitions,
        KeySchema: properties.KeySchema,
        BillingMode,
        ...(ProvisionedThroughput ? { ProvisionedThroughput } : {}),
        ...(properties.GlobalSecondaryIndexes
          ? {
              GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes.map((index) => ({
                IndexName: index.IndexName,
                KeySchema: index.KeySchema,
                Projection: index.Projection,
                ...(index.ProvisionedThroughput ? { ProvisionedThroughput: index.ProvisionedThroughput } : {}),
              })),
            }
          : {}),
      }),
    );
    // As CloudFormation does: a table that is being created refuses items.
    await waitUntilTableExists({ client, minDelay: 0.01, maxDelay: 0.1, maxWaitTime: 60 }, { TableName: name });
  });
  const arn = tableArn(place, name);
  const partitionKey = properties.KeySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName;
  if (partitionKey !== undefined) engines.partitionKeys.set(arn, partitionKey);
  return { ref: name, attributes: { Arn: arn } };
}
