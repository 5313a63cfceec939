const LOGS =
  'Asked for when Lambda makes an environment, which mostly is there by then; without it logs are lost, nothing else.';

const COMMANDS =
  'For what people ask at a terminal, which is not played on foreign ground: test/end-to-end/permissions misses each of them.';
const DEAD_HOLDERS =
  'For an execution that died with its target, which is not played here: test/end-to-end/permissions misses it.';

const SCANS = 'For scans, which are not played on foreign ground: test/end-to-end/permissions misses it.';
const DRILLS =
  'For drills, which are not played on foreign ground: test/end-to-end/permissions/drill misses each of them.';
const DUE =
  'For what is due later, such as a question that nobody answers, which is not played here: test/end-to-end/permissions misses it.';

/** Granted actions that nothing here need fail without, each with the occasion that it is for. */
export const NOT_MISSED: Readonly<Record<string, string>> = {
  'Portcullis-Commands dynamodb:DeleteItem': COMMANDS,
  'Portcullis-Commands dynamodb:GetItem': COMMANDS,
  'Portcullis-Commands dynamodb:PutItem': COMMANDS,
  'Portcullis-Commands dynamodb:Query': COMMANDS,
  'Portcullis-Commands dynamodb:UpdateItem': COMMANDS,
  'Portcullis-Commands events:PutEvents': COMMANDS,
  'Portcullis-Commands iam:PassRole': COMMANDS,
  'Portcullis-Commands lambda:GetDurableExecution': COMMANDS,
  'Portcullis-Commands lambda:InvokeFunction': COMMANDS,
  'Portcullis-Commands logs:CreateLogStream': LOGS,
  'Portcullis-Commands logs:PutLogEvents': LOGS,
  'Portcullis-Commands scheduler:CreateSchedule': COMMANDS,
  'Portcullis-Commands scheduler:DeleteSchedule': COMMANDS,
  'Portcullis-Commands securityhub:GetFindings': COMMANDS,
  'Portcullis-Detection ec2:DescribeManagedPrefixLists': SCANS,
  'Portcullis-Detection ec2:DescribeNetworkAcls': SCANS,
  'Portcullis-Detection ec2:DescribeSecurityGroupRules': SCANS,
  'Portcullis-Detection ec2:DescribeSecurityGroups': SCANS,
  'Portcullis-Detection ec2:GetManagedPrefixListEntries': SCANS,
  'Portcullis-Detection securityhub:BatchImportFindings': SCANS,
  'Portcullis-Detection securityhub:GetFindings': SCANS,
  'Portcullis-Dispatcher events:PutEvents': DUE,
  'Portcullis-Dispatcher lambda:GetDurableExecution': DEAD_HOLDERS,
  'Portcullis-Dispatcher logs:CreateLogStream': LOGS,
  'Portcullis-Dispatcher logs:PutLogEvents': LOGS,
  'Portcullis-Drill ec2:AuthorizeSecurityGroupIngress': DRILLS,
  'Portcullis-Drill ec2:CreateNetworkAcl': DRILLS,
  'Portcullis-Drill ec2:CreateNetworkAclEntry': DRILLS,
  'Portcullis-Drill ec2:CreateSecurityGroup': DRILLS,
  'Portcullis-Drill ec2:CreateTags': DRILLS,
  'Portcullis-Drill ec2:DeleteNetworkAcl': DRILLS,
  'Portcullis-Drill ec2:DeleteSecurityGroup': DRILLS,
  'Portcullis-Drill ec2:DescribeNetworkAcls': DRILLS,
  'Portcullis-Drill ec2:DescribeNetworkInterfaces': DRILLS,
  'Portcullis-Drill ec2:DescribeSecurityGroupRules': DRILLS,
  'Portcullis-Drill ec2:DescribeSecurityGroups': DRILLS,
  'Portcullis-Drill ec2:DescribeVpcs': DRILLS,
  'Portcullis-Drill ec2:RevokeSecurityGroupIngress': DRILLS,
  'Portcullis-Drill iam:PassRole': DRILLS,
  'Portcullis-Drill securityhub:BatchImportFindings': DRILLS,
  'Portcullis-Drill securityhub:BatchUpdateFindings': DRILLS,
  'Portcullis-Drill securityhub:GetFindings': DRILLS,
  'Portcullis-Drill ssm:GetAutomationExecution': DRILLS,
  'Portcullis-Drill ssm:StartAutomationExecution': DRILLS,
  'Portcullis-Orchestrator iam:PassRole': DUE,
  'Portcullis-Orchestrator logs:CreateLogStream': LOGS,
  'Portcullis-Orchestrator logs:PutLogEvents': LOGS,
  'Portcullis-Orchestrator scheduler:CreateSchedule': DUE,
  'Portcullis-Scheduler sqs:SendMessage': DUE,
  'Portcullis-Sweeper dynamodb:PutItem': SCANS,
  'Portcullis-Sweeper events:PutEvents': SCANS,
  'Portcullis-Sweeper lambda:CheckpointDurableExecution': SCANS,
  'Portcullis-Sweeper lambda:GetDurableExecutionState': SCANS,
  'Portcullis-Sweeper logs:CreateLogStream': LOGS,
  'Portcullis-Sweeper logs:PutLogEvents': LOGS,
  'Portcullis-Sweeper securityhub:ListMembers': SCANS,
  'Portcullis-Sweeper sqs:SendMessage': SCANS,
  'Portcullis-Sweeper sts:AssumeRole': SCANS,
  'Portcullis-Member ec2:DescribeVpcBlockPublicAccessExclusions': 'read where VPC Block Public Access is on',
  'Portcullis-Member ssm:DescribeInstanceInformation': 'read where instances are attached',
};
