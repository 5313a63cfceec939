const LOGS =
  'Asked for when Lambda makes an environment, which mostly is there by then; without it logs are lost, nothing else.';

const COMMANDS =
  'For what people ask at a terminal, which is not played on foreign ground: test/end-to-end/permissions misses each of them.';
const DEAD_HOLDERS =
  'For an execution that died with its target, which is not played here: test/end-to-end/permissions misses it.';

/** Granted actions that nothing here need fail without, each with the occasion that it is for. */
export const NOT_MISSED: Readonly<Record<string, string>> = {
  'Portcullis-Commands dynamodb:DeleteItem': COMMANDS,
  'Portcullis-Commands dynamodb:GetItem': COMMANDS,
  'Portcullis-Commands dynamodb:PutItem': COMMANDS,
  'Portcullis-Commands dynamodb:UpdateItem': COMMANDS,
  'Portcullis-Commands lambda:GetDurableExecution': COMMANDS,
  'Portcullis-Commands lambda:InvokeFunction': COMMANDS,
  'Portcullis-Commands logs:CreateLogStream': LOGS,
  'Portcullis-Commands logs:PutLogEvents': LOGS,
  'Portcullis-Commands securityhub:GetFindings': COMMANDS,
  'Portcullis-Dispatcher lambda:GetDurableExecution': DEAD_HOLDERS,
  'Portcullis-Dispatcher logs:CreateLogStream': LOGS,
  'Portcullis-Dispatcher logs:PutLogEvents': LOGS,
  'Portcullis-Orchestrator logs:CreateLogStream': LOGS,
  'Portcullis-Orchestrator logs:PutLogEvents': LOGS,
  'Portcullis-Orchestrator organizations:DescribeAccount':
    'only a fact of context is missed: test/end-to-end/permissions misses it',
  'Portcullis-Member cloudtrail:LookupEvents':
    'only a fact of context is missed: test/end-to-end/permissions misses it, and foreign EC2 makes no events',
  'Portcullis-Member ec2:DescribeVpcBlockPublicAccessExclusions': 'read where VPC Block Public Access is on',
  'Portcullis-Member ssm:DescribeInstanceInformation': 'read where instances are attached',
};
