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
import { Faces } from './v2/faces';
import { createGetFindingsV2 } from './v2/get-findings-v2';
import { createHubV2Operations } from './v2/hub-v2-operations';
import { HubsV2 } from './v2/hubs-v2';
import { takeImport } from './v2/take-import';
import { createBatchUpdateFindingsV2 } from './v2/update-findings-v2';

export interface SecurityHubOptions {
  /**
   * Whether BatchUpdateFindings replaces the whole map of user-defined fields or adds to it, which no page says.
   * Default `replaced`.
   */
  readonly userDefinedFields?: 'replaced' | 'merged';
}

/**
 * Security Hub CSPM: findings of an organization with aggregation, custom actions, automation rules. Security Hub V2,
 * where it is switched on: the same findings in OCSF, with a status of their own.
 */
export function createSecurityHub({ userDefinedFields = 'replaced' }: SecurityHubOptions = {}): Service {
  const store = new FindingStore();
  const rules = new AutomationRules();
  const targets = new ActionTargets();
  const hubs = new HubsV2();
  const faces = new Faces();
  return {
    signingName: 'securityhub',
    protocol: 'restJson1',
    schemas,
    operations: {
      BatchImportFindings: createBatchImportFindings(store, rules, takeImport(hubs, faces)),
      BatchUpdateFindings: createBatchUpdateFindings(store, userDefinedFields),
      GetFindings: createGetFindings(store),
      BatchUpdateFindingsV2: createBatchUpdateFindingsV2(store, hubs, faces),
      GetFindingsV2: createGetFindingsV2(store, hubs, faces),
      ...createActionTargetOperations(targets),
      ...createHubV2Operations(hubs),
      ...createOrganizationOperations(),
    },
    provisioners: createProvisioners(rules, targets),
    inspect: {
      findings: () => store.all().map(({ finding }) => finding),
    },
  };
}
