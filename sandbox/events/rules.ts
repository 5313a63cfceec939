import type {
  DescribeRuleRequest,
  DescribeRuleResponse,
  ListRulesRequest,
  ListRulesResponse,
  ListTargetsByRuleRequest,
  ListTargetsByRuleResponse,
  PutRuleRequest,
  PutRuleResponse,
  PutTargetsRequest,
  PutTargetsResponse,
  Target,
  TestEventPatternRequest,
  TestEventPatternResponse,
} from '@aws-sdk/client-eventbridge';

import { parseArn } from '../runtime/arn';
import { AwsError } from '../runtime/aws-error';
import type { CallContext, Operation, RequiredPermission } from '../runtime/operation';
import type { World } from '../runtime/world';
import { ruleArn, type Bus, type Buses, type Rule } from './buses';
import { matchesEventPattern, parseEventPattern } from './event-pattern';
import { invalidPattern } from './invalid-pattern';

type RuleKey = { readonly Name?: string | undefined; readonly EventBusName?: string | undefined };

/** Makes a rule or changes one, keeping its targets. @throws AwsError */
export function putRule(world: World, bus: Bus, request: PutRuleRequest): Rule {
  const name = request.Name ?? '';
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) {
    throw new AwsError('ValidationException', `Rule name "${name}" must be 1 to 64 of . - _ A-Z a-z 0-9`);
  }
  if (request.ScheduleExpression !== undefined) {
    throw new AwsError('ValidationException', `Rule ${name}: ScheduleExpression is not in the sandbox`);
  }
  if (request.EventPattern === undefined) {
    throw new AwsError('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  const rule: Rule = {
    name,
    arn: ruleArn(world, bus, name),
    description: request.Description,
    roleArn: request.RoleArn,
    patternJson: request.EventPattern,
    pattern: parseEventPattern(request.EventPattern),
    state: request.State === 'DISABLED' ? 'DISABLED' : 'ENABLED',
    targets: bus.rules.get(name)?.targets ?? new Map<string, Target>(),
  };
  bus.rules.set(name, rule);
  return rule;
}

const maxTargets = 5;
const targetServices = ['sqs', 'sns', 'lambda', 'events'];

/** @throws AwsError */
export function putTargets(rule: Rule, targets: readonly Target[]): void {
  for (const target of targets) {
    const arn = parseArn(target.Arn ?? '');
    if (!arn)
      throw new AwsError('ValidationException', `Parameter ${target.Arn ?? ''} is not valid. Reason: not an ARN`);
    if (!targetServices.includes(arn.service)) {
      throw new AwsError('ValidationException', `Target ${target.Arn ?? ''} is not in the sandbox`);
    }
    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
    if (arn.service === 'events' && !target.RoleArn) {
      throw new AwsError('ValidationException', `RoleArn is required for target ${target.Arn ?? ''}.`);
    }
    rule.targets.set(target.Id ?? '', target);
  }
  if (rule.targets.size > maxTargets) {
    throw new AwsError(
      'LimitExceededException',
      `The requested resource exceeds the maximum number allowed: ${maxTargets} targets`,
    );
  }
}

/** @throws AwsError ResourceNotFoundException */
function getRule(buses: Buses, { Name = '', EventBusName }: RuleKey, context: CallContext): Rule {
  const bus = buses.get(context.account, context.region, EventBusName);
  const rule = bus.rules.get(Name);
  if (!rule) throw new AwsError('ResourceNotFoundException', `Rule ${Name} does not exist on EventBus ${bus.name}.`);
  return rule;
}

export interface RuleOperations {
  readonly PutRule: Operation<PutRuleRequest, PutRuleResponse>;
  readonly PutTargets: Operation<PutTargetsRequest, PutTargetsResponse>;
  readonly DescribeRule: Operation<DescribeRuleRequest, DescribeRuleResponse>;
  readonly ListRules: Operation<ListRulesRequest, ListRulesResponse>;
  readonly ListTargetsByRule: Operation<ListTargetsByRuleRequest, ListTargetsByRuleResponse>;
  readonly EnableRule: Operation<RuleKey, Record<string, never>>;
  readonly DisableRule: Operation<RuleKey, Record<string, never>>;
  readonly TestEventPattern: Operation<TestEventPatternRequest, TestEventPatternResponse>;
}

/**
 * Puts, shows and switches rules, and tries event patterns. A rule that is put again keeps its targets.
 * They throw ResourceNotFoundException, LimitExceededException, ValidationException, and InvalidEventPatternException
 * for a pattern that EventBridge refuses.
 */
export function createRuleOperations(buses: Buses): RuleOperations {
  const needs =
    (action: string) =>
    ({ Name = '', EventBusName }: RuleKey, { world, account, region }: CallContext): RequiredPermission[] => {
      const bus = buses.find(account, region, EventBusName);
      return [{ action: `events:${action}`, resource: bus ? ruleArn(world, bus, Name) : '*' }];
    };
  const setState = (action: string, state: Rule['state']): Operation<RuleKey, Record<string, never>> => ({
    permissions: needs(action),
    handle: (input, context) => {
      getRule(buses, input, context).state = state;
      return {};
    },
  });
  return {
    PutRule: {
      permissions: needs('PutRule'),
      handle: (input, context) => ({
        RuleArn: putRule(context.world, buses.get(context.account, context.region, input.EventBusName), input).arn,
      }),
    },
    PutTargets: {
      permissions: ({ Rule: Name, EventBusName }, context) => needs('PutTargets')({ Name, EventBusName }, context),
      handle: ({ Rule: Name, EventBusName, Targets = [] }, context) => {
        putTargets(getRule(buses, { Name, EventBusName }, context), Targets);
        return { FailedEntryCount: 0, FailedEntries: [] };
      },
    },
    DescribeRule: {
      permissions: needs('DescribeRule'),
      handle: (input, context) => ({
        ...toRuleResponse(getRule(buses, input, context)),
        EventBusName: buses.get(context.account, context.region, input.EventBusName).name,
        CreatedBy: context.account,
      }),
    },
    ListRules: {
      permissions: () => [{ action: 'events:ListRules', resource: '*' }],
      handle: ({ EventBusName, NamePrefix = '' }, context) => {
        const bus = buses.get(context.account, context.region, EventBusName);
        const rules = [...bus.rules.values()].filter(({ name }) => name.startsWith(NamePrefix));
        return { Rules: rules.map((rule) => ({ ...toRuleResponse(rule), EventBusName: bus.name })) };
      },
    },
    ListTargetsByRule: {
      permissions: ({ Rule: Name, EventBusName }, context) =>
        needs('ListTargetsByRule')({ Name, EventBusName }, context),
      handle: ({ Rule: Name, EventBusName }, context) => ({
        Targets: [...getRule(buses, { Name, EventBusName }, context).targets.values()],
      }),
    },
    EnableRule: setState('EnableRule', 'ENABLED'),
    DisableRule: setState('DisableRule', 'DISABLED'),
    TestEventPattern: {
      permissions: () => [{ action: 'events:TestEventPattern', resource: '*' }],
      handle: ({ EventPattern = '', Event = '' }) => ({
        Result: matchesEventPattern(parseEventPattern(EventPattern), parseEvent(Event)),
      }),
    },
  };
}

/** @throws AwsError InvalidEventPatternException, which is how EventBridge answers an event that is no JSON, too. */
function parseEvent(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw invalidPattern('Event is not valid JSON');
  }
}

function toRuleResponse(rule: Rule) {
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventPattern: rule.patternJson,
    State: rule.state,
    Description: rule.description,
    RoleArn: rule.roleArn,
  };
}
