import { Match } from 'aws-cdk-lib/assertions';
import { toPlanPolicy } from '../../src/core/configuration/to-plan-policy';
import { toPolicy } from '../../src/core/configuration/to-policy';
import { EXECUTION_TIMEOUT_SECONDS } from '../../src/flow/limits';
import {
  parseCommandsSettings,
  parseDispatcherSettings,
  parseOrchestratorSettings,
} from '../../src/handlers/settings/settings';
import { parseSweeperSettings } from '../../src/handlers/settings/sweeper-settings';
import { exampleWith, resourcesOf, synthesize } from './synthesized';

const { hub } = synthesize(exampleWith({ automatic: ['EC2.13', 'EC2.54'], alarmEmail: 'team@example.com' })).templates;

function environmentOf(name: string): Readonly<Record<string, unknown>> {
  const found = resourcesOf(hub, 'AWS::Lambda::Function').find(({ properties }) => properties['FunctionName'] === name);
  return (found?.properties['Environment'] as { Variables: Record<string, unknown> }).Variables;
}

/** An environment with what CloudFormation would put in place of references. */
function deployed(environment: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const arn = (rest: string): string => `arn:aws-us-gov:${rest}`;
  const references: Readonly<Record<string, string>> = {
    PORTCULLIS_ORCHESTRATOR_ARN: arn('lambda:us-gov-west-1:111111111111:function:Portcullis-Orchestrator:live'),
    PORTCULLIS_SWEEPER_ARN: arn('lambda:us-gov-west-1:111111111111:function:Portcullis-Sweeper:live'),
    PORTCULLIS_DEAD_LETTER_QUEUE_URL: 'https://sqs.us-gov-west-1.amazonaws.com/111111111111/Portcullis-DeadLetters',
    PORTCULLIS_QUEUE_ARN: arn('sqs:us-gov-west-1:111111111111:Portcullis-Findings'),
    PORTCULLIS_DEAD_LETTER_QUEUE_ARN: arn('sqs:us-gov-west-1:111111111111:Portcullis-DeadLetters'),
    PORTCULLIS_CLOSE_ACTION_ARN: arn('securityhub:us-gov-west-1:111111111111:action/custom/PortcullisClose'),
    PORTCULLIS_PREVIEW_ACTION_ARN: arn('securityhub:us-gov-west-1:111111111111:action/custom/PortcullisPreview'),
    PORTCULLIS_UNDO_ACTION_ARN: arn('securityhub:us-gov-west-1:111111111111:action/custom/PortcullisUndo'),
    PORTCULLIS_ACCEPT_ACTION_ARN: arn('securityhub:us-gov-west-1:111111111111:action/custom/PortcullisAccept'),
  };
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : (references[name] ?? 'reference'),
    ]),
  );
}

describe('the functions', () => {
  test('run on Node 24 and log for as long as configured', () => {
    hub.allResourcesProperties('AWS::Lambda::Function', { Runtime: 'nodejs24.x', Architectures: ['arm64'] });
    const groups = resourcesOf(hub, 'AWS::Logs::LogGroup').map(({ properties }) => properties);
    expect(groups).toEqual([
      expect.objectContaining({ LogGroupName: '/aws/lambda/Portcullis-Orchestrator', RetentionInDays: 90 }),
      expect.objectContaining({ LogGroupName: '/aws/lambda/Portcullis-Sweeper', RetentionInDays: 90 }),
      expect.objectContaining({ LogGroupName: '/aws/lambda/Portcullis-Dispatcher', RetentionInDays: 90 }),
      expect.objectContaining({ LogGroupName: '/aws/lambda/Portcullis-Commands', RetentionInDays: 90 }),
      expect.objectContaining({ LogGroupName: '/aws/vendedlogs/apigateway/Portcullis-Commands', RetentionInDays: 90 }),
    ]);
  });

  test('the orchestrator is durable, has an alias, and keeps old versions for executions under way', () => {
    hub.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'Portcullis-Orchestrator',
      DurableConfig: { ExecutionTimeout: EXECUTION_TIMEOUT_SECONDS, RetentionPeriodInDays: 14 },
      DeadLetterConfig: { TargetArn: Match.anyValue() },
    });
    hub.hasResourceProperties('AWS::Lambda::Alias', { Name: 'live' });
    hub.hasResource('AWS::Lambda::Version', { DeletionPolicy: 'Retain' });
  });

  test('get an environment that their code accepts', () => {
    expect(parseDispatcherSettings(deployed(environmentOf('Portcullis-Dispatcher')))).toMatchObject({
      automaticControls: ['EC2.13', 'EC2.54'],
    });
    expect(parseCommandsSettings(deployed(environmentOf('Portcullis-Commands')))).toMatchObject({
      prefix: 'Portcullis',
      exceptionMaxDays: 90,
    });
    expect(parseSweeperSettings(deployed(environmentOf('Portcullis-Sweeper')))).toMatchObject({
      prefix: 'Portcullis',
      reopened: { closings: 3, hours: 24 },
    });
    const policyFile = JSON.stringify(toPolicy(exampleWith()));
    expect(parseOrchestratorSettings(deployed(environmentOf('Portcullis-Orchestrator')), policyFile)).toMatchObject({
      prefix: 'Portcullis',
      policy: toPlanPolicy(exampleWith().policy),
    });
  });

  test('the dispatcher knows what its code reads', () => {
    expect(environmentOf('Portcullis-Dispatcher')).toEqual({
      PORTCULLIS_PREFIX: 'Portcullis',
      PORTCULLIS_LEDGER_TABLE: expect.anything() as unknown,
      PORTCULLIS_ORCHESTRATOR_ARN: { Ref: expect.stringMatching(/Aliaslive/) as unknown },
      PORTCULLIS_DEAD_LETTER_QUEUE_URL: expect.anything() as unknown,
      PORTCULLIS_BUS_NAME: expect.anything() as unknown,
      PORTCULLIS_CLOSE_ACTION_ARN: expect.anything() as unknown,
      PORTCULLIS_PREVIEW_ACTION_ARN: expect.anything() as unknown,
      PORTCULLIS_UNDO_ACTION_ARN: expect.anything() as unknown,
      PORTCULLIS_ACCEPT_ACTION_ARN: expect.anything() as unknown,
      PORTCULLIS_AUTOMATIC_CONTROLS: 'EC2.13,EC2.54',
    });
  });

  test('the orchestrator knows what its code reads', () => {
    const environment = environmentOf('Portcullis-Orchestrator');
    expect(environment).toMatchObject({
      PORTCULLIS_PREFIX: 'Portcullis',
      PORTCULLIS_MEMBER_ROLE: 'Portcullis-Member',
      PORTCULLIS_RUNBOOK_ROLE: 'Portcullis-Runbook',
      PORTCULLIS_MEMBER_VERSION: expect.stringMatching(/^0\.1\.0-[0-9a-f]{12}$/) as string,
    });
    expect(environment['PORTCULLIS_POLICY_MARK']).toMatch(/^[0-9a-f]{16} EC2\.13,EC2\.54$/);
    expect(Object.keys(environment)).toHaveLength(11);
  });
});
