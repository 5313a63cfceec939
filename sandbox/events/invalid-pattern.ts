import { AwsError } from '../runtime/aws-error';

/** InvalidEventPatternException, in the words that PutRule and TestEventPattern use. */
export function invalidPattern(reason: string): AwsError {
  return new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
}
