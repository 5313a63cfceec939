import type { Target } from '@aws-sdk/client-eventbridge';
import { z } from 'zod';

import { AwsError } from '../runtime/aws-error';
import type { PolicyStatement, Provisioner } from '../runtime/operation';
import { ignoredProperty, integerProperty, parseProperties, policyProperty } from '../runtime/parse-properties';
import { physicalName } from '../runtime/physical-name';
import { busArn, type Bus, type Buses } from './buses';
import { putRule, putTargets } from './rules';

const busProperties = z.strictObject({
  Name: z.string(),
  Policy: policyProperty.optional(),
  Description: ignoredProperty,
  DeadLetterConfig: ignoredProperty,
  KmsKeyIdentifier: ignoredProperty,
  LogConfig: ignoredProperty,
  Tags: ignoredProperty,
});

const statementProperty = z.custom<PolicyStatement>(
  (value) => typeof value === 'object' && value !== null && 'Effect' in value,
  'a policy statement with an Effect is expected',
);

const busPolicyProperties = z.strictObject({
  EventBusName: z.string().optional(),
  StatementId: z.string(),
  Statement: statementProperty.optional(),
  Action: z.string().optional(),
  Principal: z.string().optional(),
  Condition: z.strictObject({ Type: z.string(), Key: z.string(), Value: z.string() }).optional(),
});

const targetProperties = z.strictObject({
  Arn: z.string(),
  Id: z.string(),
  Input: z.string().optional(),
  InputPath: z.string().optional(),
  InputTransformer: z
    .strictObject({ InputPathsMap: z.record(z.string(), z.string()).optional(), InputTemplate: z.string() })
    .optional(),
  RoleArn: z.string().optional(),
  DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
  RetryPolicy: z
    .strictObject({
      MaximumRetryAttempts: integerProperty.optional(),
      MaximumEventAgeInSeconds: integerProperty.optional(),
    })
    .optional(),
  SqsParameters: z.strictObject({ MessageGroupId: z.string() }).optional(),
}) satisfies z.ZodType<Target>;

const ruleProperties = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  EventBusName: z.string().optional(),
  EventPattern: z.record(z.string(), z.unknown()).optional(),
  ScheduleExpression: z.string().optional(),
  State: z.literal(['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS']).optional(),
  RoleArn: z.string().optional(),
  Targets: z.array(targetProperties).optional(),
  Tags: ignoredProperty,
});

/**
 * Makes buses, their policies (both forms of them) and rules with their targets.
 * @throws AwsError ValidationError for properties that the sandbox does not have, and for a name that is taken
 * AlreadyExists (rules) or ResourceAlreadyExistsException (buses)
 */
export function createProvisioners(buses: Buses): Readonly<Record<string, Provisioner>> {
  return {
    'AWS::Events::EventBus': (properties, { world, account, region }) => {
      const { Name, Policy } = parseProperties('AWS::Events::EventBus', busProperties, properties);
      const bus = buses.create(account, region, Name);
      for (const statement of Policy ? [Policy.Statement].flat() : []) addStatement(bus, statement.Sid, statement);
      return { ref: Name, attributes: { Arn: busArn(world, bus), Name } };
    },

    'AWS::Events::EventBusPolicy': (properties, { account, region, ...place }) => {
      const parsed = parseProperties('AWS::Events::EventBusPolicy', busPolicyProperties, properties);
      const bus = buses.get(account, region, parsed.EventBusName);
      addStatement(bus, parsed.StatementId, parsed.Statement ?? toStatement(parsed, busArn(place.world, bus)));
      return { ref: physicalName(place, 64), attributes: {} };
    },

    'AWS::Events::Rule': (properties, { account, region, ...place }) => {
      const parsed = parseProperties('AWS::Events::Rule', ruleProperties, properties);
      const bus = buses.get(account, region, parsed.EventBusName);
      const name = parsed.Name ?? physicalName(place, 64);
      if (bus.rules.has(name)) throw new AwsError('AlreadyExists', `Rule ${name} already exists on bus ${bus.name}`);
      const rule = putRule(place.world, bus, {
        Name: name,
        Description: parsed.Description,
        State: parsed.State,
        RoleArn: parsed.RoleArn,
        ScheduleExpression: parsed.ScheduleExpression,
        EventPattern: parsed.EventPattern && JSON.stringify(parsed.EventPattern),
      });
      putTargets(rule, parsed.Targets ?? []);
      return {
        ref: bus.name === 'default' ? name : `${bus.name}|${name}`,
        attributes: { Arn: rule.arn },
        remove: () => {
          bus.rules.delete(name);
        },
      };
    },
  };
}

function addStatement(bus: Bus, sid: string | undefined, statement: PolicyStatement): void {
  bus.policy.set(sid ?? `statement-${bus.policy.size}`, statement);
}

/** The older form: an account id or `*`, limited to an organization by a condition. */
function toStatement(
  { StatementId, Action, Principal, Condition }: z.output<typeof busPolicyProperties>,
  resource: string,
): PolicyStatement {
  if (Principal === undefined) {
    throw new AwsError(
      'ValidationError',
      `AWS::Events::EventBusPolicy ${StatementId}: Statement or Principal is missing`,
    );
  }
  return {
    Sid: StatementId,
    Effect: 'Allow',
    Principal: Principal === '*' ? '*' : { AWS: Principal },
    Action: Action ?? 'events:PutEvents',
    Resource: resource,
    ...(Condition ? { Condition: { [Condition.Type]: { [Condition.Key]: Condition.Value } } } : {}),
  };
}
