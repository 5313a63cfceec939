import { isExceptionId } from '../../core/exceptions/risk-exception';
import type { CommandBody } from '../operator/ask-commands';
import { runEnd, type EndOptions } from '../with-end/run-end';

/** @throws InputError for what is no exception, or has ended; CouldNotTellError when its end cannot be known */
export function runExceptionsEnd(exceptionId: string, options: EndOptions): Promise<void> {
  const exception = {
    called: 'an exception',
    command: 'portcullis exceptions',
    isId: isExceptionId,
    example: 'exc-0123456789abcdef',
    toBody: (id: string): CommandBody => ({ command: 'end-exception', exceptionId: id }),
  };
  return runEnd(exceptionId, exception, options);
}
