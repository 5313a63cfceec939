/** Granted actions that no scenario fails without, each with the occasion that it is for. */
export const NOT_MISSED: Readonly<Record<string, string>> = {
  'Portcullis-Dispatcher dynamodb:GetItem': 'A second finding joins a remediation under way.',
  'Portcullis-Dispatcher securityhub:BatchUpdateFindings': 'Says on a finding why it cannot be acted on.',
  'Portcullis-Dispatcher sqs:SendMessage': 'Sets aside what cannot be understood.',
  'Portcullis-Member ec2:GetManagedPrefixListEntries': 'No scenario has a prefix list as a source.',
  'Portcullis-Member ssm:GetAutomationExecution': 'Asked only when the target is still open, to learn why.',
  'Portcullis-Orchestrator lambda:GetDurableExecutionState': 'Reads what a long history does not bring along.',
  'Portcullis-Orchestrator sqs:SendMessage': 'Lambda puts failed starts into the dead-letter queue.',
  'Portcullis-Runbook ec2:AuthorizeSecurityGroupEgress': 'Undoes the emptying of a default group; no scenario has one.',
  'Portcullis-Runbook ec2:RevokeSecurityGroupEgress': 'Empties a default group; no scenario has one.',
  'Portcullis-Runbook ec2:DeleteNetworkAclEntry': 'Undoes an entry that was added; the scenarios replace in place.',
  'Portcullis-Runbook ec2:CreateTags':
    'Moto asks for no permission to tag in the call that creates; no scenario has tags.',
  'Portcullis-Dispatcher logs:CreateLogStream': 'Lambda loses logs without it, nothing else.',
  'Portcullis-Dispatcher logs:PutLogEvents': 'Lambda loses logs without it, nothing else.',
  'Portcullis-Orchestrator logs:CreateLogStream': 'Lambda loses logs without it, nothing else.',
  'Portcullis-Orchestrator logs:PutLogEvents': 'Lambda loses logs without it, nothing else.',
};
