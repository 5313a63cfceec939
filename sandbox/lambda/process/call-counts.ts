import { callMade, type CallMade } from '../../runtime/operation';
import type { World } from '../../runtime/world';

/** Calls of AWS by access key: each process of a function has one of its own. */
export class CallCounts {
  readonly #counts = new Map<string, number>();

  listen(world: World): void {
    world.on(callMade, (payload) => {
      // Published under this name by the runtime only, with this type.
      const { principal } = (payload as CallMade).call;
      if (principal.kind === 'role') this.#counts.set(principal.accessKeyId, this.of(principal.accessKeyId) + 1);
    });
  }

  of(accessKeyId: string): number {
    return this.#counts.get(accessKeyId) ?? 0;
  }
}
