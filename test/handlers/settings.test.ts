import { DEFAULT_PLAN_POLICY } from '../../src/core/planning/plan-policy';
import { parseDispatcherSettings, parseOrchestratorSettings } from '../../src/handlers/settings';

const DISPATCHER = {
  PORTCULLIS_PREFIX: 'Portcullis',
  PORTCULLIS_LEDGER_TABLE: 'Portcullis-Ledger',
  PORTCULLIS_ORCHESTRATOR_ARN: 'arn:aws:lambda:eu-central-1:111111111111:function:Portcullis-Orchestrator:live',
  PORTCULLIS_DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/111111111111/Portcullis-DeadLetters',
  PORTCULLIS_CLOSE_ACTION_ARN: 'arn:aws:securityhub:eu-central-1:111111111111:action/custom/PortcullisClose',
  PORTCULLIS_AUTOMATIC_CONTROLS: 'EC2.13, EC2.14',
};

const ORCHESTRATOR = {
  PORTCULLIS_PREFIX: 'Portcullis',
  PORTCULLIS_LEDGER_TABLE: 'Portcullis-Ledger',
  PORTCULLIS_BUS_NAME: 'portcullis',
  PORTCULLIS_MEMBER_ROLE: 'Portcullis-Member',
  PORTCULLIS_RUNBOOK_ROLE: 'Portcullis-Runbook',
  PORTCULLIS_POLICY: JSON.stringify(DEFAULT_PLAN_POLICY),
};

describe('the settings of a function', () => {
  it('are read from its environment', () => {
    expect(parseDispatcherSettings(DISPATCHER).automaticControls).toEqual(['EC2.13', 'EC2.14']);
    expect(parseOrchestratorSettings(ORCHESTRATOR).policy).toEqual(DEFAULT_PLAN_POLICY);
  });

  it('may close nothing automatically', () => {
    expect(parseDispatcherSettings({ ...DISPATCHER, PORTCULLIS_AUTOMATIC_CONTROLS: '' }).automaticControls).toEqual([]);
  });

  it('are reported all at once when they are wrong', () => {
    const wrong = { ...DISPATCHER, PORTCULLIS_LEDGER_TABLE: undefined, PORTCULLIS_AUTOMATIC_CONTROLS: 'EC2.99' };
    expect(() => parseDispatcherSettings(wrong)).toThrow(/PORTCULLIS_LEDGER_TABLE[^]*PORTCULLIS_AUTOMATIC_CONTROLS/);
  });

  it.each([
    ['an unqualified function', { PORTCULLIS_ORCHESTRATOR_ARN: 'arn:aws:lambda:eu-central-1:111111111111:function:O' }],
    ['no action', { PORTCULLIS_CLOSE_ACTION_ARN: '' }],
  ])('refuse %s', (_, fields) => {
    expect(() => parseDispatcherSettings({ ...DISPATCHER, ...fields })).toThrow(Object.keys(fields)[0]);
  });

  it.each([['not JSON'], ['{}'], [JSON.stringify({ ...DEFAULT_PLAN_POLICY, strategy: 'open' })]])(
    'refuse the policy %s',
    (policy) => {
      expect(() => parseOrchestratorSettings({ ...ORCHESTRATOR, PORTCULLIS_POLICY: policy })).toThrow(
        'PORTCULLIS_POLICY',
      );
    },
  );
});
