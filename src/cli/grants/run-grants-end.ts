import { isGrantId } from '../../core/grants/grant';
import type { CommandBody } from '../operator/ask-commands';
import { runEnd, type EndOptions } from '../with-end/run-end';

/** @throws InputError for what is no grant, or has ended; CouldNotTellError when its end cannot be known */
export function runGrantsEnd(grantId: string, options: EndOptions): Promise<void> {
  const grant = {
    called: 'a grant',
    command: 'portcullis grants',
    isId: isGrantId,
    example: 'grt-0123456789abcdef',
    toBody: (id: string): CommandBody => ({ command: 'end-grant', grantId: id }),
  };
  return runEnd(grantId, grant, options);
}
