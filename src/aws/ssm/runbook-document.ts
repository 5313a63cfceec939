import type { DeploymentNames } from '../../core/configuration/deployment-names';
import type { PlanStep } from '../../core/planning/plan';
import type { RunbookRun } from '../../flow/ports';

type Document = keyof DeploymentNames['documents'];

const OF_CLOSING: Readonly<Record<PlanStep['call'], Document>> = {
  AuthorizeSecurityGroupIngress: 'authorizeIngress',
  AuthorizeSecurityGroupEgress: 'restoreRules',
  RevokeSecurityGroupIngress: 'closeIngress',
  RevokeSecurityGroupEgress: 'emptyDefaultGroup',
  CreateNetworkAclEntry: 'rewriteNetworkAcl',
  ReplaceNetworkAclEntry: 'rewriteNetworkAcl',
  DeleteNetworkAclEntry: 'rewriteNetworkAcl',
};

/** An undo puts rules back as they were: with their own tags, which may be none, and in either direction. */
const OF_UNDO: typeof OF_CLOSING = { ...OF_CLOSING, AuthorizeSecurityGroupIngress: 'restoreRules' };

/** The document that carries out a step. */
export function toRunbookDocument({ action, step }: Pick<RunbookRun, 'action' | 'step'>): Document {
  return (action === 'undo' ? OF_UNDO : OF_CLOSING)[step.call];
}
