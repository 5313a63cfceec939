import { callAwsApi } from './call-aws-api';
import type { StepAction } from './step';

export const executeAwsApi: StepAction = async (context) => ({ payload: await callAwsApi(context, context.inputs) });
