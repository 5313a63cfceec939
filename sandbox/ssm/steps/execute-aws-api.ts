import { callAwsApi } from './call-aws-api';
import type { StepAction } from './step';

/**
 * One call of an API, whose answer the document's selectors read.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html
 */
export const executeAwsApi: StepAction = async (context) => ({ payload: await callAwsApi(context, context.inputs) });
