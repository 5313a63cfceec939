const LOGS =
  'Asked for when Lambda makes an environment, which mostly is there by then; without it logs are lost, nothing else.';

/** Granted actions that nothing here need fail without, each with the occasion that it is for. */
export const NOT_MISSED: Readonly<Record<string, string>> = {
  'Portcullis-Dispatcher logs:CreateLogStream': LOGS,
  'Portcullis-Dispatcher logs:PutLogEvents': LOGS,
  'Portcullis-Orchestrator logs:CreateLogStream': LOGS,
  'Portcullis-Orchestrator logs:PutLogEvents': LOGS,
};
