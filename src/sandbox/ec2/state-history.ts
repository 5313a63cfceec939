import type { CallContext, Operation } from '../kernel/operation';
import { isRead } from '../kernel/faults';
import { Regional } from '../kernel/regional';
import type { Ec2State } from './ec2-state';

interface Past {
  /** This is how it was up to then. */
  readonly untilMillis: number;
  readonly state: Ec2State;
}

/** What EC2 held before each change, for reads that are to be stale; kept only while the world asks for it. */
export class StateHistory {
  readonly #states: Regional<Ec2State>;
  readonly #pasts = new Regional<Past[]>(() => []);

  constructor(states: Regional<Ec2State>) {
    this.#states = states;
  }

  /** The state that a call sees: the present, unless it is to be answered from the past. */
  seenBy({ account, region, readsAsOfMillis }: CallContext): Ec2State {
    const past =
      readsAsOfMillis === undefined
        ? undefined
        : this.#pasts.at(account, region).find(({ untilMillis }) => untilMillis >= readsAsOfMillis);
    return past?.state ?? this.#states.at(account, region);
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
    const pasts = this.#pasts.at(account, region);
    if (world.keepsPast) {
      pasts.push({ untilMillis: world.clock.now(), state: structuredClone(this.#states.at(account, region)) });
    } else pasts.length = 0;
  }
}
