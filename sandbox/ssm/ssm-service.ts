import * as schemas from '@aws-sdk/client-ssm';

import type { Service } from '../runtime/operation';
import { createDocumentOperations } from './document-operations';
import { Documents } from './documents';
import { createExecutionOperations } from './execution-operations';
import { ExecutionSlots } from './execution-slots';
import { Executions } from './executions';
import { ManagedInstances } from './managed-instances';
import { Parameters } from './parameters';
import { createProvisioners } from './provisioners';
import { toAutomationExecution } from './render-execution';
import { createStartAutomationExecution } from './start-execution';
import type { Undocumented } from './undocumented';

export interface SsmOptions extends Undocumented {
  /** What every step takes besides its own work. Default 300. */
  readonly stepMillis?: number;
  /** Executions that run at once in an account and Region; more wait. Default 100. */
  readonly runningAtOnce?: number;
}

/** Systems Manager: parameters, and Automation documents by schema 0.3 that run under the role that they assume. */
export function createSsm({ stepMillis = 300, runningAtOnce, ...undocumented }: SsmOptions = {}): Service {
  const documents = new Documents();
  const executions = new Executions();
  const managedInstances = new ManagedInstances();
  const parameters = new Parameters();
  return {
    signingName: 'ssm',
    protocol: 'awsJson1_1',
    schemas,
    operations: {
      ...createDocumentOperations(documents),
      ...createExecutionOperations(executions),
      ...managedInstances.operations,
      ...parameters.operations,
      StartAutomationExecution: createStartAutomationExecution(documents, executions, {
        stepMillis,
        slots: new ExecutionSlots(runningAtOnce),
        undocumented,
      }),
    },
    provisioners: { ...createProvisioners(documents), ...parameters.provisioners },
    start(world) {
      managedInstances.start(world);
    },
    inspect: {
      executions: () =>
        executions.all().map(({ account, region, execution }) => ({
          account,
          region,
          tags: execution.tags,
          ...toAutomationExecution(execution),
        })),
    },
  };
}
