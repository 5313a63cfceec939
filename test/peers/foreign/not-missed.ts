/** Granted actions that no scenario fails without, each with the occasion that it is for. */
export const NOT_MISSED: Readonly<Record<string, string>> = {
  'Portcullis-Dispatcher dynamodb:GetItem': 'A second finding joins a remediation under way.',
  'Portcullis-Dispatcher logs:CreateLogStream': 'Logs are lost without it, nothing else.',
  'Portcullis-Dispatcher logs:PutLogEvents': 'Logs are lost without it, nothing else.',
  'Portcullis-Dispatcher securityhub:BatchUpdateFindings': 'Says on a finding why it cannot be acted on.',
  'Portcullis-Dispatcher sqs:DeleteMessage': 'A message that stays is delivered again, which changes nothing.',
  'Portcullis-Dispatcher sqs:SendMessage': 'Sets aside what cannot be understood.',
  'Portcullis-Member ec2:GetManagedPrefixListEntries': 'No scenario has a prefix list as a source.',
  'Portcullis-Member ssm:GetAutomationExecution': 'Asked only when the target is still open, to learn why.',
  'Portcullis-Orchestrator dynamodb:DeleteItem': 'Late findings that joined are taken off the claim.',
  'Portcullis-Orchestrator lambda:GetDurableExecutionState': 'Reads what a long history does not bring along.',
  'Portcullis-Orchestrator logs:CreateLogStream': 'Logs are lost without it, nothing else.',
  'Portcullis-Orchestrator logs:PutLogEvents': 'Logs are lost without it, nothing else.',
  'Portcullis-Orchestrator sqs:SendMessage': 'Lambda puts failed starts into the dead-letter queue.',
  'Portcullis-Runbook ec2:AuthorizeSecurityGroupEgress': 'Undoes the emptying of a default group; no scenario has one.',
  'Portcullis-Runbook ec2:RevokeSecurityGroupEgress': 'Empties a default group; no scenario has one.',
  'Portcullis-Runbook ec2:DeleteNetworkAclEntry': 'Undoes an entry that was added; the scenarios replace in place.',
  'Portcullis-Runbook ec2:CreateTags':
    'Moto asks for no permission to tag in the call that creates; no scenario has tags.',
};
