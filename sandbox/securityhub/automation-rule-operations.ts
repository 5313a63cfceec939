import type {
  BatchDeleteAutomationRulesRequest,
  BatchDeleteAutomationRulesResponse,
  BatchGetAutomationRulesRequest,
  BatchGetAutomationRulesResponse,
  CreateAutomationRuleRequest,
  CreateAutomationRuleResponse,
  ListAutomationRulesRequest,
  ListAutomationRulesResponse,
} from '@aws-sdk/client-securityhub';

import type { CallContext, Operation } from '../runtime/operation';
import type { AutomationRules } from './automation-rules';
import { makeRule, ruleProperties } from './make-rule';
import { pageOf } from './paging';
import { invalidInput } from './securityhub-error';

const MAX_RESULTS = 100;
const MAX_ARNS = 100;

export interface AutomationRuleOperations {
  readonly CreateAutomationRule: Operation<CreateAutomationRuleRequest, CreateAutomationRuleResponse>;
  readonly ListAutomationRules: Operation<ListAutomationRulesRequest, ListAutomationRulesResponse>;
  readonly BatchGetAutomationRules: Operation<BatchGetAutomationRulesRequest, BatchGetAutomationRulesResponse>;
  readonly BatchDeleteAutomationRules: Operation<BatchDeleteAutomationRulesRequest, BatchDeleteAutomationRulesResponse>;
}

/**
 * Automation rules of an account and Region, which BatchUpdateAutomationRules would change; the sandbox does not have
 * it. They throw InvalidInputException, LimitExceededException and, outside the administrator's account,
 * AccessDeniedException.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/automation-rules.html
 */
export function createAutomationRuleOperations(rules: AutomationRules): AutomationRuleOperations {
  return {
    CreateAutomationRule: {
      permissions: (_input, context) => [
        { action: 'securityhub:CreateAutomationRule', resource: ruleArn(context, '*') },
      ],
      handle: (input, context) => {
        const parsed = ruleProperties.safeParse(JSON.parse(JSON.stringify(input)));
        if (!parsed.success) {
          throw invalidInput(
            parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
          );
        }
        return { RuleArn: makeRule(rules, parsed.data, context).RuleArn };
      },
    },
    ListAutomationRules: {
      permissions: (_input, context) => [
        { action: 'securityhub:ListAutomationRules', resource: ruleArn(context, '*') },
      ],
      handle: ({ NextToken, MaxResults = MAX_RESULTS }, { account, region }) => {
        const all = rules.all(account, region).map(({ config }) => {
          const { Criteria: _criteria, Actions: _actions, ...metadata } = config;
          return metadata;
        });
        const { page, next } = pageOf(all, { NextToken, MaxResults });
        return { AutomationRulesMetadata: page, ...next };
      },
    },
    BatchGetAutomationRules: {
      permissions: ({ AutomationRulesArns = [] }) =>
        AutomationRulesArns.map((resource) => ({ action: 'securityhub:BatchGetAutomationRules', resource })),
      handle: ({ AutomationRulesArns: arns = [] }, { account, region }) => {
        checkCount(arns);
        const known = new Map(rules.all(account, region).map((rule) => [rule.arn, rule.config]));
        return {
          Rules: arns.flatMap((arn) => known.get(arn) ?? []),
          UnprocessedAutomationRules: arns.filter((arn) => !known.has(arn)).map(toUnprocessed),
        };
      },
    },
    BatchDeleteAutomationRules: {
      permissions: ({ AutomationRulesArns = [] }) =>
        AutomationRulesArns.map((resource) => ({ action: 'securityhub:BatchDeleteAutomationRules', resource })),
      handle: ({ AutomationRulesArns: arns = [] }, { account, region }) => {
        checkCount(arns);
        const gone = new Set(arns.filter((arn) => rules.remove(account, region, arn)));
        return {
          ProcessedAutomationRules: [...gone],
          UnprocessedAutomationRules: arns.filter((arn) => !gone.has(arn)).map(toUnprocessed),
        };
      },
    },
  };
}

function checkCount(arns: readonly string[]): void {
  if (arns.length < 1 || arns.length > MAX_ARNS) {
    throw invalidInput(`AutomationRulesArns must have 1 to ${MAX_ARNS} members, not ${arns.length}`);
  }
}

function toUnprocessed(RuleArn: string) {
  return { RuleArn, ErrorCode: 404, ErrorMessage: 'The automation rule was not found' };
}

function ruleArn({ world, account, region }: CallContext, id: string): string {
  return `arn:${world.partition}:securityhub:${region}:${account}:automation-rule/${id}`;
}
