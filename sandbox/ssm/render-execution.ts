import type {
  AutomationExecution,
  AutomationExecutionMetadata,
  StepExecution as SdkStepExecution,
} from '@aws-sdk/client-ssm';

import type { Execution, StepExecution } from './executions';
import { toText } from './template';

/** What AWS shows for an output of a step that did not come to its end. */
const NO_OUTPUT = 'No output available yet because the step is not successfully executed';

/**
 * An execution as GetAutomationExecution shows it, with all its steps; outputs only once it has ended.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AutomationExecution.html
 */
export function toAutomationExecution(execution: Execution): AutomationExecution {
  return {
    AutomationExecutionId: execution.id,
    ...common(execution),
    Parameters: execution.parameters,
    StepExecutions: execution.steps.map(toStepExecution),
    StepExecutionsTruncated: false,
  };
}

/** An execution as DescribeAutomationExecutions lists it: without its parameters and steps. */
export function toMetadata(execution: Execution): AutomationExecutionMetadata {
  return { AutomationExecutionId: execution.id, ...common(execution) };
}

function common(execution: Execution) {
  return {
    DocumentName: execution.documentName,
    DocumentVersion: execution.documentVersion,
    AutomationExecutionStatus: execution.status,
    ExecutionStartTime: new Date(execution.startedMillis),
    ExecutionEndTime: toDate(execution.endedMillis),
    Mode: 'Auto' as const,
    ExecutedBy: execution.executedBy,
    Outputs: toOutputs(execution),
    FailureMessage: execution.failureMessage,
    CurrentStepName: execution.steps.find(({ status }) => status === 'InProgress')?.step.name,
  };
}

function toOutputs(execution: Execution): Record<string, string[]> {
  if (execution.endedMillis === undefined) return {};
  return Object.fromEntries(
    execution.document.outputs.map((reference) => {
      const [stepName, output = ''] = reference.split('.');
      const value = execution.steps.find(({ step }) => step.name === stepName)?.outputs.get(output);
      return [reference, value === undefined ? [NO_OUTPUT] : toTexts(value)];
    }),
  );
}

/**
 * A step as AWS shows it: inputs as JSON, outputs as lists of texts.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StepExecution.html
 */
export function toStepExecution(record: StepExecution): SdkStepExecution {
  const { step } = record;
  return {
    StepName: step.name,
    StepExecutionId: record.id,
    Action: step.action,
    OnFailure: step.onFailure,
    MaxAttempts: step.maxAttempts,
    TimeoutSeconds: step.timeoutSeconds,
    IsEnd: step.isEnd,
    NextStep: step.nextStep,
    IsCritical: step.isCritical,
    StepStatus: record.status,
    ExecutionStartTime: toDate(record.startedMillis),
    ExecutionEndTime: toDate(record.endedMillis),
    // AWS shows inputs as JSON text: texts in quotes.
    Inputs: Object.fromEntries(Object.entries(record.inputs).map(([name, value]) => [name, JSON.stringify(value)])),
    Outputs: Object.fromEntries([...record.outputs].map(([name, value]) => [name, toTexts(value)])),
    FailureMessage: record.failureMessage,
  };
}

function toTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(toText) : [toText(value)];
}

function toDate(millis: number | undefined): Date | undefined {
  return millis === undefined ? undefined : new Date(millis);
}
