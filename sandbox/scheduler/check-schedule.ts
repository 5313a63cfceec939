import type { CreateScheduleInput } from '@aws-sdk/client-scheduler';

import { parseArn } from '../runtime/arn';
import { AwsError } from '../runtime/aws-error';
import { SCHEDULER } from './invoke-target';
import { scheduleGroupArn, type Place } from './schedule';

const ELSEWHERE = ['StartDate', 'EndDate', 'KmsKeyArn'] as const;
const MOST_INPUT_BYTES = 262_144;

/**
 * What is wrong with a schedule, or not in the sandbox. As in AWS, the role must trust the service when the schedule is
 * made, not only when it is due.
 *
 * @throws AwsError ValidationException
 */
export function checkSchedule(place: Place, input: CreateScheduleInput): void {
  const { FlexibleTimeWindow, Target: target } = input;
  if (target?.Arn === undefined || target.RoleArn === undefined) throw invalid('Target needs Arn and RoleArn.');
  const unsupported = ELSEWHERE.find((name) => input[name] !== undefined);
  if (unsupported !== undefined) throw invalid(`${unsupported} is not in the sandbox`);
  if (FlexibleTimeWindow?.Mode !== 'OFF') throw invalid('FlexibleTimeWindow other than OFF is not in the sandbox');
  if (!['sqs', 'lambda'].includes(parseArn(target.Arn)?.service ?? '')) {
    throw invalid(`Target ${target.Arn} is not in the sandbox; queues and functions are`);
  }
  const deadLetters = target.DeadLetterConfig?.Arn;
  if (deadLetters !== undefined && parseArn(deadLetters)?.service !== 'sqs') {
    throw invalid(`DeadLetterConfig ${deadLetters} is no queue.`);
  }
  if (Buffer.byteLength(target.Input ?? '') > MOST_INPUT_BYTES) throw invalid('Input is longer than 256 KB.');
  try {
    place.world.identity.assumeAsService({
      service: SCHEDULER,
      roleArn: target.RoleArn,
      sessionName: 'check',
      sourceAccount: place.account,
      sourceArn: scheduleGroupArn(place, input.GroupName ?? 'default'),
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw invalid('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.');
  }
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message, 400);
}
