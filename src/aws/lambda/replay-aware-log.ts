import type { DurableContext } from '@aws/durable-execution-sdk-js';
import type { Log } from '../../flow/ports';
import { createJsonLog, writeLine } from '../cloudwatch/json-log';

/** Our log by way of the durable SDK's, which is silent while finished work is replayed: each line is written once. */
export function createReplayAwareLog(context: DurableContext): Log {
  const print = (line: unknown) => {
    writeLine(String(line));
  };
  context.configureLogger({ customLogger: { info: print, warn: print, error: print, debug: () => undefined } });
  return createJsonLog((line) => {
    context.logger.info(line);
  });
}
