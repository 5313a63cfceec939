import { z } from 'zod';

import type { CallContext, Operation, Service } from '../runtime/operation';
import { ignoredProperty, integerProperty, parseProperties } from '../runtime/parse-properties';
import { physicalName } from '../runtime/physical-name';

const logGroupProperties = z.strictObject({
  LogGroupName: z.string().optional(),
  RetentionInDays: integerProperty.optional(),
  LogGroupClass: ignoredProperty,
  KmsKeyId: ignoredProperty,
  DataProtectionPolicy: ignoredProperty,
  FieldIndexPolicies: ignoredProperty,
  Tags: ignoredProperty,
});

const metricFilterProperties = z.strictObject({
  LogGroupName: z.string(),
  FilterName: z.string().optional(),
  FilterPattern: z.string(),
  MetricTransformations: z.array(z.record(z.string(), z.unknown())),
  ApplyOnTransformedLogs: ignoredProperty,
});

interface LogGroup {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly retentionDays?: number;
}

interface MetricFilter {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly logGroupName: string;
  readonly pattern: string;
}

interface LogStreamRequest {
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/**
 * What a function's role needs for its logs. Only the sandbox's Lambda calls these, to learn whether the role may: what
 * functions print is kept there.
 */
function onLogStream(action: string): Operation<LogStreamRequest> {
  const resource = ({ logGroupName, logStreamName }: LogStreamRequest, { world, account, region }: CallContext) =>
    `arn:${world.partition}:logs:${region}:${account}:log-group:${logGroupName}:log-stream:${logStreamName}`;
  return {
    permissions: (request, context) => [{ action: `logs:${action}`, resource: resource(request, context) }],
    handle: () => ({}),
  };
}

/** CloudWatch Logs: log groups and metric filters are recorded. What functions print is kept by the Lambda service. */
export function createLogs(): Service {
  const logGroups: LogGroup[] = [];
  const metricFilters: MetricFilter[] = [];
  return {
    signingName: 'logs',
    protocol: 'awsJson1_1',
    schemas: {},
    operations: { CreateLogStream: onLogStream('CreateLogStream'), PutLogEvents: onLogStream('PutLogEvents') },
    inspect: { logGroups: () => logGroups, metricFilters: () => metricFilters },
    provisioners: {
      'AWS::Logs::LogGroup': (properties, place) => {
        const parsed = parseProperties('AWS::Logs::LogGroup', logGroupProperties, properties);
        const { account, region, world } = place;
        const name = parsed.LogGroupName ?? physicalName(place, 512);
        const { RetentionInDays } = parsed;
        logGroups.push({
          account,
          region,
          name,
          ...(RetentionInDays === undefined ? {} : { retentionDays: RetentionInDays }),
        });
        return {
          ref: name,
          attributes: { Arn: `arn:${world.partition}:logs:${region}:${account}:log-group:${name}:*` },
        };
      },
      'AWS::Logs::MetricFilter': (properties, place) => {
        const parsed = parseProperties('AWS::Logs::MetricFilter', metricFilterProperties, properties);
        const { account, region } = place;
        const name = parsed.FilterName ?? physicalName(place, 512);
        metricFilters.push({
          account,
          region,
          name,
          logGroupName: parsed.LogGroupName,
          pattern: parsed.FilterPattern,
        });
        return { ref: name, attributes: {} };
      },
    },
  };
}
