/**
 * What the code calls, role by role: the stacks grant it, tests hold the two against each other. Pure data.
 * `on` names the resource; the stacks know its ARN.
 */
export interface RequiredPermission {
  readonly action: string;
  readonly on: PermittedResource;
  readonly why: string;
}

export type PermittedResource =
  /** The service knows no resource-level permission for the action, or the resource cannot be known beforehand. */
  | 'any'
  | 'ledger-table'
  | 'dead-letter-queue'
  /** With its alias: `arn:…:function:name:alias`. */
  | 'orchestrator-alias'
  | 'bus'
  /** `arn:<partition>:iam::*:role/<member role>` within the organization. */
  | 'member-role'
  /** The documents, as `document/…` and `automation-definition/…`. */
  | 'documents'
  | 'automation-executions'
  /** Passed to SSM only: condition `iam:PassedToService` = `ssm.amazonaws.com`. */
  | 'runbook-role'
  /** Every security group of the account. */
  | 'security-groups'
  /** Rules as they are created: condition `ec2:CreateAction` = `AuthorizeSecurityGroupIngress`. */
  | 'new-security-group-rules';

export type PermittedRole = 'dispatcher' | 'orchestrator' | 'member' | 'runbook';

export const REQUIRED_PERMISSIONS: Readonly<Record<PermittedRole, readonly RequiredPermission[]>> = {
  /** Beside these: the SQS event source and the function's own log group. */
  dispatcher: [
    { action: 'securityhub:GetFindings', on: 'any', why: 'findings are read again, never believed from the event' },
    { action: 'securityhub:BatchUpdateFindings', on: 'any', why: 'a finding that cannot be closed says why' },
    { action: 'sqs:SendMessage', on: 'dead-letter-queue', why: 'events that are not understood, with the reason' },
    { action: 'dynamodb:PutItem', on: 'ledger-table', why: 'requests' },
    { action: 'dynamodb:UpdateItem', on: 'ledger-table', why: 'arrivals on claims' },
    { action: 'dynamodb:GetItem', on: 'ledger-table', why: 'a claim that somebody else took over first' },
    { action: 'lambda:InvokeFunction', on: 'orchestrator-alias', why: 'starts the durable execution' },
  ],
  /** Beside these: checkpoints of its own durable executions, and the function's own log group. */
  orchestrator: [
    { action: 'securityhub:GetFindings', on: 'any', why: 'the findings of requests, and others on the target' },
    { action: 'securityhub:BatchUpdateFindings', on: 'any', why: 'outcome, note and workflow status' },
    { action: 'sts:AssumeRole', on: 'member-role', why: 'reads and starts runbooks in member accounts' },
    { action: 'dynamodb:GetItem', on: 'ledger-table', why: 'records' },
    { action: 'dynamodb:PutItem', on: 'ledger-table', why: 'records with their before-state' },
    { action: 'dynamodb:UpdateItem', on: 'ledger-table', why: 'leases and releases of claims' },
    { action: 'dynamodb:Query', on: 'ledger-table', why: 'requests on a target' },
    { action: 'dynamodb:DeleteItem', on: 'ledger-table', why: 'requests that are answered' },
    { action: 'events:PutEvents', on: 'bus', why: 'domain events' },
  ],
  member: [
    { action: 'ec2:DescribeSecurityGroups', on: 'any', why: 'observes the target' },
    { action: 'ec2:DescribeSecurityGroupRules', on: 'any', why: 'observes the target, before and after' },
    { action: 'ec2:GetManagedPrefixListEntries', on: 'any', why: 'a prefix list may hold open sources' },
    { action: 'ssm:StartAutomationExecution', on: 'documents', why: 'runs a plan step' },
    { action: 'ssm:GetAutomationExecution', on: 'automation-executions', why: 'learns why a run has no effect' },
    { action: 'iam:PassRole', on: 'runbook-role', why: 'SSM runs the document as this role' },
  ],
  runbook: [
    { action: 'ec2:RevokeSecurityGroupIngress', on: 'security-groups', why: 'closes' },
    { action: 'ec2:AuthorizeSecurityGroupIngress', on: 'security-groups', why: 'keeps what stays open' },
    { action: 'ec2:CreateTags', on: 'new-security-group-rules', why: 'tags the rules that stay open' },
  ],
};
