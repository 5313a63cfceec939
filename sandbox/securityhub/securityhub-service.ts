import * as schemas from '@aws-sdk/client-securityhub';

import type { Service } from '../runtime/operation';
import { ActionTargets, createActionTargetOperations } from './action-targets';
import { createAutomationRuleOperations } from './automation-rule-operations';
import { AutomationRules } from './automation-rules';
import { createControlParameterOperations } from './control-parameters';
import { FindingStore } from './finding-store';
import { createGetFindings } from './get-findings';
import { createBatchImportFindings } from './import-findings';
import { createInsightOperations } from './insight-operations';
import { Insights } from './insights';
import { createOrganizationOperations } from './organization-operations';
import { createProvisioners } from './provisioners';
import { createBatchUpdateFindings } from './update-findings';
import { createAutomationRuleV2Operations } from './v2/automation-rule-v2-operations';
import { AutomationRulesV2 } from './v2/automation-rules-v2';
import { createConnectorV2Operations } from './v2/connector-v2-operations';
import { ConnectorsV2 } from './v2/connectors-v2';
import { createCreateTicketV2 } from './v2/create-ticket-v2';
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

export interface SecurityHubService extends Service {
  /** Of Security Hub V2, for who makes one that stands before anything is deployed. */
  readonly connectors: ConnectorsV2;
}

/**
 * Security Hub CSPM: findings of an organization with aggregation, custom actions, automation rules, insights. Security
 * Hub V2, where it is switched on: the same findings in OCSF, with a status and automation rules of their own.
 */
export function createSecurityHub({ userDefinedFields = 'replaced' }: SecurityHubOptions = {}): SecurityHubService {
  const store = new FindingStore();
  const rules = new AutomationRules();
  const rulesV2 = new AutomationRulesV2();
  const insights = new Insights();
  const targets = new ActionTargets();
  const hubs = new HubsV2();
  const faces = new Faces();
  const connectors = new ConnectorsV2();
  return {
    signingName: 'securityhub',
    protocol: 'restJson1',
    schemas,
    operations: {
      BatchImportFindings: createBatchImportFindings(store, rules, takeImport(hubs, faces, rulesV2)),
      BatchUpdateFindings: createBatchUpdateFindings(store, userDefinedFields),
      GetFindings: createGetFindings(store),
      BatchUpdateFindingsV2: createBatchUpdateFindingsV2(store, hubs, faces),
      GetFindingsV2: createGetFindingsV2(store, hubs, faces),
      ...createAutomationRuleOperations(rules),
      ...createAutomationRuleV2Operations(rulesV2, hubs),
      ...createInsightOperations(insights, store),
      ...createActionTargetOperations(targets),
      ...createControlParameterOperations(),
      CreateTicketV2: createCreateTicketV2(store, hubs, connectors),
      ...createConnectorV2Operations(connectors, hubs),
      ...createHubV2Operations(hubs),
      ...createOrganizationOperations(),
    },
    provisioners: createProvisioners(rules, rulesV2, insights, targets),
    connectors,
    inspect: {
      tickets: () => connectors.tickets(),
      findings: () => store.all().map(({ finding }) => finding),
    },
  };
}
