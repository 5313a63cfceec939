import type {
  CreateAutomationRuleV2Request,
  CreateAutomationRuleV2Response,
  DeleteAutomationRuleV2Request,
  DeleteAutomationRuleV2Response,
  GetAutomationRuleV2Request,
  GetAutomationRuleV2Response,
  ListAutomationRulesV2Request,
  ListAutomationRulesV2Response,
} from '@aws-sdk/client-securityhub';

import type { CallContext, Operation } from '../../runtime/operation';
import { pageOf } from '../paging';
import { actionsOf, ruleV2Properties, type AutomationRulesV2 } from './automation-rules-v2';
import type { HubsV2 } from './hubs-v2';
import { requireHubV2 } from './require-hub-v2';
import { invalid } from './validation-error';

const MAX_RESULTS = 100;

export interface AutomationRuleV2Operations {
  readonly CreateAutomationRuleV2: Operation<CreateAutomationRuleV2Request, CreateAutomationRuleV2Response>;
  readonly ListAutomationRulesV2: Operation<ListAutomationRulesV2Request, ListAutomationRulesV2Response>;
  readonly GetAutomationRuleV2: Operation<GetAutomationRuleV2Request, GetAutomationRuleV2Response>;
  readonly DeleteAutomationRuleV2: Operation<DeleteAutomationRuleV2Request, DeleteAutomationRuleV2Response>;
}

/**
 * Automation rules of Security Hub V2; UpdateAutomationRuleV2 is not in the sandbox. They throw ValidationException,
 * ResourceNotFoundException, and ConflictException where V2 is not switched on.
 * https://docs.aws.amazon.com/securityhub/latest/APIReference/API_CreateAutomationRuleV2.html
 */
export function createAutomationRuleV2Operations(rules: AutomationRulesV2, hubs: HubsV2): AutomationRuleV2Operations {
  return {
    CreateAutomationRuleV2: {
      permissions: (_input, context) => [
        { action: 'securityhub:CreateAutomationRuleV2', resource: arnOf(context, '*') },
      ],
      handle: (input, context) => {
        requireHubV2(hubs, context);
        const parsed = ruleV2Properties.safeParse(JSON.parse(JSON.stringify(input)));
        if (!parsed.success) {
          throw invalid(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
        }
        const { arn, id } = rules.add(context.world, context, parsed.data);
        return { RuleArn: arn, RuleId: id };
      },
    },
    ListAutomationRulesV2: {
      permissions: (_input, context) => [
        { action: 'securityhub:ListAutomationRulesV2', resource: arnOf(context, '*') },
      ],
      handle: ({ NextToken, MaxResults = MAX_RESULTS }, context) => {
        requireHubV2(hubs, context);
        const isHome = context.account === context.world.hub.account && context.region === context.world.hub.region;
        const all = isHome ? rules.all() : [];
        const { page, next } = pageOf(all, { NextToken, MaxResults });
        return {
          Rules: page.map(({ arn, id, written, createdAt }) => {
            const { Criteria: _criteria, Actions, Tags: _tags, ClientToken: _token, ...metadata } = written;
            const times = { CreatedAt: createdAt, UpdatedAt: createdAt };
            return { RuleArn: arn, RuleId: id, ...metadata, Actions: Actions.map(({ Type }) => ({ Type })), ...times };
          }),
          ...next,
        };
      },
    },
    GetAutomationRuleV2: {
      permissions: ({ Identifier = '' }, context) => [
        { action: 'securityhub:GetAutomationRuleV2', resource: arnOf(context, Identifier) },
      ],
      handle: ({ Identifier = '' }, context) => {
        requireHubV2(hubs, context);
        const rule = rules.get(Identifier);
        const { Actions: _actions, Tags: _tags, ClientToken: _token, ...rest } = rule.written;
        const times = { CreatedAt: rule.createdAt, UpdatedAt: rule.createdAt };
        return { RuleArn: rule.arn, RuleId: rule.id, ...rest, Actions: actionsOf(rule), ...times };
      },
    },
    DeleteAutomationRuleV2: {
      permissions: ({ Identifier = '' }, context) => [
        { action: 'securityhub:DeleteAutomationRuleV2', resource: arnOf(context, Identifier) },
      ],
      handle: ({ Identifier = '' }, context) => {
        requireHubV2(hubs, context);
        rules.remove(Identifier);
        return {};
      },
    },
  };
}

function arnOf({ world, account, region }: CallContext, name: string): string {
  const id = name.split('/').at(-1) ?? '';
  return `arn:${world.partition}:securityhub:${region}:${account}:automation-rulev2/${id}`;
}
