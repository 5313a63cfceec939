import * as schemas from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';

import { createAlarmOperations, type AlarmStateSet, type Recorded } from './alarm-operations';
import type { Provisioner, Service } from '../runtime/operation';
import { parseProperties } from '../runtime/parse-properties';
import { physicalName } from '../runtime/physical-name';

const alarmProperties = z.looseObject({
  AlarmName: z.string().optional(),
  ComparisonOperator: z.string(),
  EvaluationPeriods: z.coerce.number().int().min(1),
});

const dashboardProperties = z.strictObject({
  DashboardName: z.string().optional(),
  DashboardBody: z.string().refine(isJson, 'DashboardBody must be JSON'),
});

/**
 * CloudWatch: alarms and dashboards are recorded; alarms are not evaluated, but can be set off. Metrics are kept by the
 * Lambda service.
 */
export function createCloudWatch(): Service {
  const alarms: Recorded[] = [];
  const states = new Map<Recorded, AlarmStateSet>();
  const dashboards: Recorded[] = [];

  const alarm =
    (type: string, schema: z.ZodType<{ AlarmName?: string | undefined }>): Provisioner =>
    (properties, place) => {
      const { account, region, world } = place;
      const name = parseProperties(type, schema, properties).AlarmName ?? physicalName(place, 255);
      alarms.push({ account, region, name, properties });
      return { ref: name, attributes: { Arn: `arn:${world.partition}:cloudwatch:${region}:${account}:alarm:${name}` } };
    };

  return {
    signingName: 'monitoring',
    protocol: 'awsJson1_0',
    schemas,
    operations: { ...createAlarmOperations(alarms, states) },
    inspect: { alarms: () => alarms, dashboards: () => dashboards },
    provisioners: {
      'AWS::CloudWatch::Alarm': alarm('AWS::CloudWatch::Alarm', alarmProperties),
      'AWS::CloudWatch::CompositeAlarm': alarm(
        'AWS::CloudWatch::CompositeAlarm',
        z.looseObject({ AlarmName: z.string().optional(), AlarmRule: z.string() }),
      ),
      'AWS::CloudWatch::Dashboard': (properties, place) => {
        const parsed = parseProperties('AWS::CloudWatch::Dashboard', dashboardProperties, properties);
        const name = parsed.DashboardName ?? physicalName(place, 255);
        dashboards.push({ account: place.account, region: place.region, name, properties });
        return { ref: name, attributes: {} };
      },
    },
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
