import { branch } from './branch';
import { executeAwsApi } from './execute-aws-api';
import { assertAwsResourceProperty, waitForAwsResourceProperty } from './resource-property';
import { sleepStep } from './sleep-step';
import type { StepAction } from './step';

/** The actions that the sandbox runs. */
export const STEP_ACTIONS: Readonly<Record<string, StepAction>> = {
  'aws:executeAwsApi': executeAwsApi,
  'aws:assertAwsResourceProperty': assertAwsResourceProperty,
  'aws:waitForAwsResourceProperty': waitForAwsResourceProperty,
  'aws:branch': branch,
  'aws:sleep': sleepStep,
};
