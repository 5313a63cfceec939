import type { CallContext, Operation } from '../runtime/operation';
import { isRead } from '../runtime/faults';
import { History } from '../runtime/history';
import { Regional } from '../runtime/regional';
import type { Ec2State } from './ec2-state';

/** What EC2 held before each change, for reads that are to be stale. */
export class StateHistory {
  readonly #states: Regional<Ec2State>;
  readonly #pasts = new Regional(() => new History<Ec2State>());

  constructor(states: Regional<Ec2State>) {
    this.#states = states;
  }

  /** The state that a call sees: the present, unless it is to be answered from the past. */
  seenBy({ account, region, readsAsOfMillis }: CallContext): Ec2State {
    return this.#pasts.at(account, region).at(readsAsOfMillis) ?? this.#states.at(account, region);
  }

  /** Remembers the state as it is before each change. */
  remembering(operations: Readonly<Record<string, Operation>>): Readonly<Record<string, Operation>> {
    return Object.fromEntries(
      Object.entries(operations).map(([name, operation]) => [name, isRead(name) ? operation : this.#before(operation)]),
    );
  }

  #before(operation: Operation): Operation {
    return {
      ...operation,
      handle: (input, context) => {
        this.#remember(context);
        return operation.handle(input, context);
      },
    };
  }

  #remember({ world, account, region }: CallContext): void {
    this.#pasts.at(account, region).remember(world, () => structuredClone(this.#states.at(account, region)));
  }
}
