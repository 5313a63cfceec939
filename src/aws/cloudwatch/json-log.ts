import type { Log, LogFields } from '../../flow/ports';

/** JSON lines, as CloudWatch Logs Insights reads them. Never findings or rules: ids, targets and outcomes only. */
export function createJsonLog(write: (line: string) => void = writeLine): Log {
  const at =
    (level: string) =>
    (message: string, fields: LogFields = {}) => {
      write(JSON.stringify({ level, message, ...fields }));
    };
  return { info: at('INFO'), warn: at('WARN'), error: at('ERROR') };
}

/** Writes one line to the function's log. */
export function writeLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
