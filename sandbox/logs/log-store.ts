import { AwsError } from '../runtime/aws-error';
import { Regional } from '../runtime/regional';

export interface LogEvent {
  readonly timestamp: number;
  readonly message: string;
}

export interface StoredGroup {
  readonly name: string;
  readonly createdMillis: number;
  retentionDays?: number;
  readonly streams: Map<string, LogEvent[]>;
}

/** Log groups that clients made, with what they put into them; what functions print is not here. */
export class LogStore {
  readonly #places = new Regional(() => new Map<string, StoredGroup>());

  groups(account: string, region: string): Map<string, StoredGroup> {
    return this.#places.at(account, region);
  }

  /** @throws AwsError ResourceNotFoundException */
  group(account: string, region: string, name: string): StoredGroup {
    const found = this.groups(account, region).get(name);
    if (found) return found;
    throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  }
}

/** As CloudWatch Logs counts what it stores: the text, and 26 bytes an event. */
export function bytesOf(events: readonly LogEvent[]): number {
  return events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + 26, 0);
}

/** What a group still keeps at a time. */
export function keptEvents({ streams, retentionDays }: StoredGroup, nowMillis: number): readonly LogEvent[] {
  const since = retentionDays === undefined ? -Infinity : nowMillis - retentionDays * 86_400_000;
  return [...streams.values()].flat().filter(({ timestamp }) => timestamp >= since);
}
