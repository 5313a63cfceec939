import * as lambda from '@aws-sdk/client-lambda';
import * as securityHub from '@aws-sdk/client-securityhub';
import { matchRoute } from '../../../sandbox/wire/rest-route';

test.each([
  [securityHub, 'GET', '/automationrulesv2/list', '', 'ListAutomationRulesV2'],
  [securityHub, 'GET', '/automationrulesv2/some-id', '', 'GetAutomationRuleV2'],
  [lambda, 'GET', '/2019-09-30/functions/f/provisioned-concurrency', 'List=ALL', 'ListProvisionedConcurrencyConfigs'],
  [lambda, 'GET', '/2019-09-30/functions/f/provisioned-concurrency', 'Qualifier=1', 'GetProvisionedConcurrencyConfig'],
  [lambda, 'POST', '/2015-03-31/functions/', '', 'CreateFunction'],
  [lambda, 'PATCH', '/2015-03-31/functions', '', undefined],
  [lambda, 'GET', '/2015-03-31/functions/f/more/and/more', '', undefined],
])('%# the most literal fitting path is taken', (schemas, method, path, query, operation) => {
  expect(matchRoute(schemas, { method, path, query: new URLSearchParams(query) })?.operation.name).toBe(operation);
});

test('labels are decoded', () => {
  const path = '/2025-12-01/durable-executions/arn%3Aaws%3Alambda%3Aeu%2Fx%20y/state';
  const match = matchRoute(lambda, { method: 'GET', path, query: new URLSearchParams() });
  expect(match).toMatchObject({
    operation: { name: 'GetDurableExecutionState' },
    labels: { DurableExecutionArn: 'arn:aws:lambda:eu/x y' },
  });
});
