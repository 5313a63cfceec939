import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { SecurityHubKind } from '../../src/core/security-hub-kind';
import { explainWildcard } from '../explain-wildcard';

export type WorkflowStatus = 'NEW' | 'NOTIFIED' | 'RESOLVED' | 'SUPPRESSED';

/** https://docs.aws.amazon.com/securityhub/latest/APIReference/API_BatchUpdateFindingsV2.html */
const STATUS_IDS: Readonly<Record<WorkflowStatus, string>> = {
  NEW: '1',
  NOTIFIED: '2',
  SUPPRESSED: '3',
  RESOLVED: '4',
};

/** The part of a statement's conditions that one of the two APIs knows a status by. */
function statusKey(kind: 'cspm' | 'v2', statuses: readonly WorkflowStatus[]) {
  return kind === 'cspm'
    ? { 'securityhub:ASFFSyntaxPath/Workflow.Status': [...statuses] }
    : { 'securityhub:OCSFSyntaxPath/StatusId': statuses.map((status) => STATUS_IDS[status]) };
}

/**
 * A denial with plain StringEquals, because that is the form documented for the keys, which have one value each; an
 * update that sets no status has no such key, and is not denied.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html
 */
function denyStatuses(hub: string, kind: 'cspm' | 'v2', denied: readonly WorkflowStatus[]): PolicyStatement {
  return new PolicyStatement({
    sid: kind === 'cspm' ? 'NeverSetTheseStatuses' : 'NeverSetTheseStatusesInV2',
    effect: Effect.DENY,
    actions: ['securityhub:BatchUpdateFindings'],
    resources: [hub],
    conditions: { StringEquals: statusKey(kind, denied) },
  });
}

/** The hubs that findings are taken from. The id of a hub of V2 is known nowhere but in the account itself. */
function hubsOf(role: Role, kind: SecurityHubKind): readonly { readonly kind: 'cspm' | 'v2'; readonly arn: string }[] {
  const stack = Stack.of(role);
  const cspm = stack.formatArn({ service: 'securityhub', resource: 'hub', resourceName: 'default' });
  const v2 = stack.formatArn({ service: 'securityhub', resource: 'hubv2', resourceName: '*' });
  return [
    ...(kind === 'v2' ? [] : [{ kind: 'cspm' as const, arn: cspm }]),
    ...(kind === 'cspm' ? [] : [{ kind: 'v2' as const, arn: v2 }]),
  ];
}

function explainHubs(role: Role, kind: SecurityHubKind): void {
  if (kind === 'cspm') return;
  const { account, region } = Stack.of(role);
  explainWildcard(
    role,
    `arn:<AWS::Partition>:securityhub:${region}:${account}:hubv2/*`,
    'An account has one hub of Security Hub V2 in a Region, under an id that AWS chooses.',
  );
}

/**
 * Reads findings of this account's hub. The operations of V2 are permitted by the actions of CSPM, on a hub of their
 * own.
 */
export function readFindings(role: Role, kind: SecurityHubKind): PolicyStatement {
  explainHubs(role, kind);
  return new PolicyStatement({
    sid: 'ReadFindings',
    actions: ['securityhub:GetFindings'],
    resources: hubsOf(role, kind).map(({ arn }) => arn),
  });
}

/** Reads and updates findings of this account's hub, without ever setting one of the statuses denied. */
export function findingsAccess(
  role: Role,
  kind: SecurityHubKind,
  denied: readonly WorkflowStatus[],
): readonly PolicyStatement[] {
  explainHubs(role, kind);
  const hubs = hubsOf(role, kind);
  return [
    new PolicyStatement({
      sid: 'ReadAndUpdateFindings',
      actions: ['securityhub:GetFindings', 'securityhub:BatchUpdateFindings'],
      resources: hubs.map(({ arn }) => arn),
    }),
    ...(denied.length === 0 ? [] : hubs.map((hub) => denyStatuses(hub.arn, hub.kind, denied))),
  ];
}
