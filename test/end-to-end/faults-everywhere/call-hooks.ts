import type { Call } from '../../../sandbox/runtime/call';
import type { SandboxWorld } from '../../../sandbox/runtime/create-world';
import type { FaultPoint } from './fault-point';

export type CallPoint = Pick<FaultPoint, 'service' | 'operation' | 'account' | 'nth'>;

interface Hook {
  readonly point: CallPoint;
  readonly act: (call: Call) => Promise<void>;
  calls: number;
}

/**
 * Has somebody do something just before a call takes effect: the n-th of its operation in its account, as faults count.
 */
export class CallHooks {
  #hooks: Hook[] = [];

  constructor(world: SandboxWorld) {
    const make = world.call.bind(world);
    world.call = async (service, operation, input, call) => {
      for (const hook of this.#due(service, operation, call)) await world.clock.busy(hook.act(call));
      return make(service, operation, input, call);
    };
  }

  before(point: CallPoint, act: Hook['act']): void {
    this.#hooks.push({ point, act, calls: 0 });
  }

  clear(): void {
    this.#hooks = [];
  }

  /** What people do themselves is not counted. */
  #due(service: string, operation: string, { account, principal }: Call): readonly Hook[] {
    if (principal.kind === 'account') return [];
    return this.#hooks.filter((hook) => {
      const { point } = hook;
      if (point.service !== service || point.operation !== operation || point.account !== account) return false;
      return hook.calls++ === point.nth;
    });
  }
}
