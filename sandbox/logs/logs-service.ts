import * as schemas from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';

import type { Service } from '../runtime/operation';
import { ignoredProperty, integerProperty, parseProperties } from '../runtime/parse-properties';
import { physicalName } from '../runtime/physical-name';
import { createQueryOperations } from './insights/query-operations';
import { createLogOperations } from './log-operations';
import { LogStore } from './log-store';

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

/**
 * CloudWatch Logs: log groups of clients with their events and queries; those of templates and metric filters are
 * recorded only. What functions print is kept by the Lambda service.
 */
export function createLogs(): Service {
  const logGroups: LogGroup[] = [];
  const metricFilters: MetricFilter[] = [];
  const store = new LogStore();
  return {
    signingName: 'logs',
    protocol: 'awsJson1_1',
    schemas,
    operations: { ...createLogOperations(store), ...createQueryOperations(store) },
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
