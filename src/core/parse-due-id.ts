import { parseTargetKey } from './parse-target-key';
import type { Target } from './target';

/** What a schedule names: something of a target that ends, and which attempt at it, where attempts are counted. */
interface DueId {
  readonly target: Target;
  readonly id: string;
  readonly attempt?: number;
}

/**
 * Reads `<target key>#<id>` or `<target key>#<id>#<attempt>`, as schedules carry it; undefined for what is none.
 *
 * @param isId whether a text has the form of such an id
 */
export function parseDueId(text: string, isId: (id: string) => boolean): DueId | undefined {
  const [, key = '', id = '', attempt] = /^([^#]+)#([a-z]+-[0-9a-f]+)(?:#([1-9]\d{0,3}))?$/.exec(text) ?? [];
  const target = parseTargetKey(key);
  if (target === undefined || !isId(id)) return undefined;
  return { target, id, ...(attempt !== undefined && { attempt: Number(attempt) }) };
}
