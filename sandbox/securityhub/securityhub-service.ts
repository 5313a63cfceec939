import * as schemas from '@aws-sdk/client-securityhub';

import type { Service } from '../runtime/operation';
import { ActionTargets, createActionTargetOperations } from './action-targets';
import { AutomationRules } from './automation-rules';
import { FindingStore } from './finding-store';
import { createGetFindings } from './get-findings';
import { createBatchImportFindings } from './import-findings';
import { createOrganizationOperations } from './organization-operations';
import { createProvisioners } from './provisioners';
import { createBatchUpdateFindings } from './update-findings';

export interface SecurityHubOptions {
  /**
   * Whether BatchUpdateFindings replaces the whole map of user-defined fields or adds to it, which no page says.
   * Default `replaced`.
   */
  readonly userDefinedFields?: 'replaced' | 'merged';
}

/** Security Hub CSPM: findings of an organization with aggregation, custom actions, automation rules. */
export function createSecurityHub({ userDefinedFields = 'replaced' }: SecurityHubOptions = {}): Service {
  const store = new FindingStore();
  const rules = new AutomationRules();
  const targets = new ActionTargets();
  return {
    signingName: 'securityhub',
    protocol: 'restJson1',
    schemas,
    operations: {
      BatchImportFindings: createBatchImportFindings(store, rules),
      BatchUpdateFindings: createBatchUpdateFindings(store, userDefinedFields),
      GetFindings: createGetFindings(store),
      ...createActionTargetOperations(targets),
      ...createOrganizationOperations(),
    },
    provisioners: createProvisioners(rules, targets),
    inspect: {
      findings: () => store.all().map(({ finding }) => finding),
    },
  };
}
