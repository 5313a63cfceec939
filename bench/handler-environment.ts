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
};
