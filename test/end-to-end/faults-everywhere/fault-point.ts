import type { CallMade } from '../../../sandbox/runtime/operation';

/** One call of AWS in a scenario: the n-th of its operation in its account since the scenario was set off. */
export interface FaultPoint {
  readonly service: string;
  readonly operation: string;
  readonly account: string;
  readonly nth: number;
  readonly caller: 'role' | 'service';
  /** The call comes out of a function's process, which can be lost. */
  readonly fromProcess: boolean;
  /** For checkpoints, what they store: `start/SUCCEED`. */
  readonly label: string;
}

/** What AWS's services do for themselves, in an order that is no one's business. */
const LEFT_OUT = new Set(['logs']);

export class CallRecorder {
  readonly #counts = new Map<string, number>();
  readonly #points: FaultPoint[] = [];

  get points(): readonly FaultPoint[] {
    return this.#points;
  }

  /** How many calls of the operation there were. */
  countOf(point: Pick<FaultPoint, 'service' | 'operation' | 'account'>): number {
    return this.#counts.get(keyOf(point)) ?? 0;
  }

  add({ service, operation, input, call: { account, principal } }: CallMade): void {
    if (principal.kind === 'account' || LEFT_OUT.has(service)) return;
    const key = keyOf({ service, operation, account });
    const nth = this.#counts.get(key) ?? 0;
    this.#counts.set(key, nth + 1);
    const fromProcess = principal.kind === 'role' && principal.roleName !== 'Portcullis-Runbook' && service !== 'sqs';
    this.#points.push({ service, operation, account, nth, caller: principal.kind, fromProcess, label: labelOf(input) });
  }
}

function keyOf({ service, operation, account }: Pick<FaultPoint, 'service' | 'operation' | 'account'>): string {
  return `${service}/${operation}/${account}`;
}

function labelOf(input: object): string {
  if (!('Updates' in input) || !Array.isArray(input.Updates)) return '';
  const updates = input.Updates as readonly { readonly Name?: string; readonly Action?: string }[];
  return updates.map(({ Name = '', Action = '' }) => `${Name}/${Action}`).join(',');
}
