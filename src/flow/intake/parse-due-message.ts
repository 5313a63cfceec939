import { memberOf } from '../../core/read-member';
import type { DueMessage } from '../ports';

/** What a schedule of ours has put into the queue; undefined for everything else, such as an event. */
export function parseDueMessage(body: string): DueMessage | undefined {
  const value = parseJson(body);
  const [kind, what, id] = ['kind', 'what', 'id'].map((name) => memberOf(value, name));
  if (kind !== 'due' || typeof what !== 'string' || typeof id !== 'string') return undefined;
  return { kind, what, id };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
