import { DEFAULT_PLAN_POLICY, type PlanPolicy } from '../../../src/core/planning/plan-policy';
import { parseDispatcherSettings, parseOrchestratorSettings } from '../../../src/handlers/settings/settings';

const DISPATCHER = {
  PORTCULLIS_PREFIX: 'Portcullis',
  PORTCULLIS_LEDGER_TABLE: 'Portcullis-Ledger',
  PORTCULLIS_ORCHESTRATOR_ARN: 'arn:aws:lambda:eu-central-1:111111111111:function:Portcullis-Orchestrator:live',
  PORTCULLIS_DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/111111111111/Portcullis-DeadLetters',
  PORTCULLIS_CLOSE_ACTION_ARN: 'arn:aws:securityhub:eu-central-1:111111111111:action/custom/PortcullisClose',
  PORTCULLIS_PREVIEW_ACTION_ARN: 'arn:aws:securityhub:eu-central-1:111111111111:action/custom/PortcullisPreview',
  PORTCULLIS_UNDO_ACTION_ARN: 'arn:aws:securityhub:eu-central-1:111111111111:action/custom/PortcullisUndo',
  PORTCULLIS_ACCEPT_ACTION_ARN: 'arn:aws:securityhub:eu-central-1:111111111111:action/custom/PortcullisAccept',
  PORTCULLIS_AUTOMATIC_CONTROLS: 'EC2.13, EC2.14',
  PORTCULLIS_BUS_NAME: 'portcullis',
};

const ORCHESTRATOR = {
  PORTCULLIS_PREFIX: 'Portcullis',
  PORTCULLIS_LEDGER_TABLE: 'Portcullis-Ledger',
  PORTCULLIS_BUS_NAME: 'portcullis',
  PORTCULLIS_MEMBER_ROLE: 'Portcullis-Member',
  PORTCULLIS_RUNBOOK_ROLE: 'Portcullis-Runbook',
  PORTCULLIS_MEMBER_VERSION: '0.1.0-0123456789ab',
  PORTCULLIS_POLICY_MARK: '0123456789abcdef EC2.13',
  PORTCULLIS_SCHEDULE_GROUP: 'Portcullis',
  PORTCULLIS_SCHEDULER_ROLE_ARN: 'arn:aws:iam::111111111111:role/Portcullis-Scheduler',
  PORTCULLIS_QUEUE_ARN: 'arn:aws:sqs:eu-central-1:111111111111:Portcullis-Findings',
  PORTCULLIS_DEAD_LETTER_QUEUE_ARN: 'arn:aws:sqs:eu-central-1:111111111111:Portcullis-DeadLetters',
};
const POLICY = JSON.stringify(DEFAULT_PLAN_POLICY);

describe('the settings of a function', () => {
  test('are read from its environment', () => {
    expect(parseDispatcherSettings(DISPATCHER).automaticControls).toEqual(['EC2.13', 'EC2.14']);
    expect(parseOrchestratorSettings(ORCHESTRATOR, POLICY).policy).toEqual(DEFAULT_PLAN_POLICY);
  });

  test('tell the custom actions apart', () => {
    expect(parseDispatcherSettings(DISPATCHER).actionArns).toEqual({
      close: DISPATCHER.PORTCULLIS_CLOSE_ACTION_ARN,
      preview: DISPATCHER.PORTCULLIS_PREVIEW_ACTION_ARN,
      undo: DISPATCHER.PORTCULLIS_UNDO_ACTION_ARN,
      accept: DISPATCHER.PORTCULLIS_ACCEPT_ACTION_ARN,
    });
  });

  test('hold the whole policy: nothing that the stack writes is left out', () => {
    const policy: PlanPolicy = {
      ...DEFAULT_PLAN_POLICY,
      expandPrefixLists: true,
      trustedSources: { cidrs: ['10.0.0.0/8'] },
      overrides: [
        {
          controls: ['EC2.13'],
          accounts: ['222222222222'],
          tags: [{ key: 'env' }, { key: 'a', value: 'b' }],
          strategy: 'revoke',
        },
      ],
      keepProtocols: ['50'],
      networkAclEntryQuota: 40,
      undoMaxAgeDays: 7,
    };
    expect(parseOrchestratorSettings(ORCHESTRATOR, JSON.stringify(policy)).policy).toEqual(policy);
  });

  test('may close nothing automatically', () => {
    expect(parseDispatcherSettings({ ...DISPATCHER, PORTCULLIS_AUTOMATIC_CONTROLS: '' }).automaticControls).toEqual([]);
  });

  test('are reported all at once when they are wrong', () => {
    const wrong = { ...DISPATCHER, PORTCULLIS_LEDGER_TABLE: undefined, PORTCULLIS_AUTOMATIC_CONTROLS: 'EC2.99' };
    expect(() => parseDispatcherSettings(wrong)).toThrow(/PORTCULLIS_LEDGER_TABLE[^]*PORTCULLIS_AUTOMATIC_CONTROLS/);
  });

  test.each([
    ['an unqualified function', { PORTCULLIS_ORCHESTRATOR_ARN: 'arn:aws:lambda:eu-central-1:111111111111:function:O' }],
    ['no action', { PORTCULLIS_CLOSE_ACTION_ARN: '' }],
  ])('refuse %s', (_, fields) => {
    expect(() => parseDispatcherSettings({ ...DISPATCHER, ...fields })).toThrow(Object.keys(fields)[0]);
  });

  test.each([
    ['not JSON'],
    ['{}'],
    [JSON.stringify({ ...DEFAULT_PLAN_POLICY, strategy: 'open' })],
    [JSON.stringify({ ...DEFAULT_PLAN_POLICY, strategi: 'x' })],
  ])('refuse the policy %s', (policy) => {
    expect(() => parseOrchestratorSettings(ORCHESTRATOR, policy)).toThrow('policy.json');
  });
});
