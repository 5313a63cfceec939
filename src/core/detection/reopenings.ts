import type { Change } from './change';

/** How often a target is closed again by itself, and within how long. */
export interface ReopeningLimit {
  readonly closings: number;
  readonly hours: number;
}

/** A target that was opened again after we had closed it. */
export interface Reopening {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** ARN, or the name of a service. */
  readonly by: string;
}

const HOUR_MILLIS = 3_600_000;
const FIELD_CHARACTERS = 2048;

/** Those of a finding's field that are within the limit's hours of a change, and the change itself. */
export function withReopening(
  field: string | undefined,
  { at, actor }: Pick<Change, 'at' | 'actor'>,
  { hours }: ReopeningLimit,
): readonly Reopening[] {
  const since = Date.parse(at) - hours * HOUR_MILLIS;
  const before = (field ?? '').split('; ').flatMap((text) => {
    const [, time, by] = /^(\S+) (.+)$/.exec(text) ?? [];
    return time === undefined || by === undefined || !(Date.parse(time) > since) ? [] : { at: time, by };
  });
  return [...before, { at, by: actor.arn }];
}

/** As {@link withReopening} reads it; the oldest are left out where there are too many. */
export function renderReopenings(reopenings: readonly Reopening[]): string {
  const texts = reopenings.map(({ at, by }) => `${at} ${by}`);
  while (texts.length > 1 && texts.join('; ').length > FIELD_CHARACTERS) texts.shift();
  return texts.join('; ').slice(0, FIELD_CHARACTERS);
}

/** Why a person must decide whether it is closed again; undefined as long as it is closed by itself. */
export function whyToAsk(reopenings: readonly Reopening[], { closings, hours }: ReopeningLimit): string | undefined {
  if (reopenings.length < closings) return undefined;
  const counts = new Map<string, number>();
  for (const { by } of reopenings) counts.set(by, (counts.get(by) ?? 0) + 1);
  const who = [...counts].map(([by, count]) => (count === 1 ? by : `${by} (${String(count)} times)`)).join(', ');
  return `It was closed ${String(closings)} times within ${String(hours)} hours, and opened again each time, by ${who}.`;
}
