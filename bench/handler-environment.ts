import { CHANNELS_FILE, DECIDING_FILE, POLICY_FILE, UNITS_FILE } from '../src/core/configuration/bundled-files';
import { DEFAULT_PLAN_POLICY } from '../src/core/planning/plan-policy';

const ACTIONS = 'arn:aws:securityhub:eu-central-1:111111111111:action/custom';

/** What Lambda gives to the handlers, as far as they look at it when they are loaded. */
export const HANDLER_ENVIRONMENT: Readonly<Record<string, string>> = {
  AWS_REGION: 'eu-central-1',
  PORTCULLIS_PREFIX: 'Portcullis',
  PORTCULLIS_LEDGER_TABLE: 'Portcullis-Ledger',
  PORTCULLIS_ORCHESTRATOR_ARN: 'arn:aws:lambda:eu-central-1:111111111111:function:Portcullis-Orchestrator:live',
  PORTCULLIS_DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/111111111111/Portcullis-DeadLetters',
  PORTCULLIS_CLOSE_ACTION_ARN: `${ACTIONS}/PortcullisClose`,
  PORTCULLIS_PREVIEW_ACTION_ARN: `${ACTIONS}/PortcullisPreview`,
  PORTCULLIS_UNDO_ACTION_ARN: `${ACTIONS}/PortcullisUndo`,
  PORTCULLIS_AUTOMATIC_CONTROLS: 'EC2.13',
  PORTCULLIS_BUS_NAME: 'portcullis',
  PORTCULLIS_MEMBER_ROLE: 'Portcullis-Member',
  PORTCULLIS_RUNBOOK_ROLE: 'Portcullis-Runbook',
  PORTCULLIS_ACCEPT_ACTION_ARN: `${ACTIONS}/PortcullisAccept`,
  PORTCULLIS_MEMBER_VERSION: '0.1.0',
  PORTCULLIS_POLICY_MARK: '0123456789abcdef none',
  PORTCULLIS_HUB_ACCOUNT: '111111111111',
  PORTCULLIS_REGIONS: 'eu-central-1',
  PORTCULLIS_CONTROLS: 'EC2.13',
  PORTCULLIS_EXCEPTION_MAX_DAYS: '365',
  PORTCULLIS_REOPENED_CLOSINGS: '3',
  PORTCULLIS_REOPENED_HOURS: '24',
  PORTCULLIS_SWEEPER_ARN: 'arn:aws:lambda:eu-central-1:111111111111:function:Portcullis-Sweeper:live',
  PORTCULLIS_SCHEDULE_GROUP: 'Portcullis',
  PORTCULLIS_SCHEDULER_ROLE_ARN: 'arn:aws:iam::111111111111:role/Portcullis-Scheduler',
  PORTCULLIS_QUEUE_ARN: 'arn:aws:sqs:eu-central-1:111111111111:Portcullis-Findings',
  PORTCULLIS_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/111111111111/Portcullis-Findings',
  PORTCULLIS_DEAD_LETTER_QUEUE_ARN: 'arn:aws:sqs:eu-central-1:111111111111:Portcullis-DeadLetters',
  PORTCULLIS_MAIL_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/111111111111/Portcullis-Notify-email',
  PORTCULLIS_DIGEST_WHEN_QUIET: 'false',
  PORTCULLIS_REPORT_BUCKET: 'portcullis-reports',
  PORTCULLIS_REPORT_FORMATS: 'html,csv',
  PORTCULLIS_REPORT_DUE: '{"CRITICAL":7,"HIGH":30,"MEDIUM":90,"LOW":180}',
  PORTCULLIS_CHANNEL_QUEUES: '{}',
  PORTCULLIS_SLACK_SECRET: 'portcullis/slack',
  PORTCULLIS_SLACK_RIGHTS: '{"approvers":[]}',
};

/** What stands beside the code of some handlers, by name: of a configuration that decides and notifies nothing. */
export const HANDLER_FILES: Readonly<Record<string, unknown>> = {
  [POLICY_FILE]: DEFAULT_PLAN_POLICY,
  [DECIDING_FILE]: { automatic: [], decisions: [], guards: {}, exceptions: [] },
  [CHANNELS_FILE]: {},
  [UNITS_FILE]: [],
};
