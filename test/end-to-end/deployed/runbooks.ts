import { DescribeAutomationExecutionsCommand, type AutomationExecutionMetadata } from '@aws-sdk/client-ssm';
import type { Clients } from './clients';
import type { Place } from './place';

interface ManualClock {
  advance(millis: number): Promise<void>;
}

/** Runbooks as the member account's own people see them. */
export interface RunbookExecutions {
  runbooksIn(place: Place): Promise<readonly AutomationExecutionMetadata[]>;
  /** Lets time pass until a runbook has been started and has not changed anything yet; false when none starts. */
  untilRunbookStarts(place: Place): Promise<boolean>;
}

/** Longer than the reads of the flow are apart. */
const TENTHS = 600;

export function createRunbookExecutions({ ssm }: Clients, clock: ManualClock): RunbookExecutions {
  async function runbooksIn(place: Place): Promise<readonly AutomationExecutionMetadata[]> {
    const { AutomationExecutionMetadataList = [] } = await ssm(place).send(new DescribeAutomationExecutionsCommand({}));
    return AutomationExecutionMetadataList;
  }

  return {
    runbooksIn,
    async untilRunbookStarts(place) {
      for (let tenths = 0; tenths < TENTHS; tenths++) {
        await clock.advance(100);
        const executions = await runbooksIn(place);
        if (executions.some(({ AutomationExecutionStatus }) => AutomationExecutionStatus === 'InProgress')) return true;
      }
      return false;
    },
  };
}
