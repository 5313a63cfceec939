import { truncateText } from '../../core/messages/truncate-text';
import { visibleJson } from '../../core/visible-json';
import type { Log, LogFields } from '../../flow/ports';

/** Lambda truncates a line at 256 KB: of a text so long that it could bring that about the beginning says enough. */
const MOST_CHARACTERS = 8_000;

/**
 * JSON lines, as CloudWatch Logs Insights reads them. Never findings or rules: ids, targets and outcomes only. Reasons
 * may hold text of others: none of it is obeyed by a terminal that shows the log.
 */
export function createJsonLog(write: (line: string) => void = writeLine): Log {
  const at =
    (level: string) =>
    (message: string, fields: LogFields = {}) => {
      write(visibleJson(truncateTexts({ level, message, ...fields })));
    };
  return { info: at('INFO'), warn: at('WARN'), error: at('ERROR') };
}

function truncateTexts(fields: LogFields): LogFields {
  const truncate = (text: string) => truncateText(text, MOST_CHARACTERS);
  const entries = Object.entries(fields).map(([name, value]) => {
    if (typeof value === 'string') return [name, truncate(value)] as const;
    return [name, typeof value === 'object' ? value.map(truncate) : value] as const;
  });
  return Object.fromEntries(entries) as LogFields;
}

/** Writes one line to the function's log. */
export function writeLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
