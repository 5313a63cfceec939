import type { OperationUpdate } from '@aws-sdk/client-lambda';
import { z } from 'zod';

import { AwsError } from '../../kernel/aws-error';

const killSchema = z.strictObject({
  functionName: z.string().optional(),
  /** The name of the step, wait, … whose checkpoint is meant. */
  operation: z.string().optional(),
  action: z.enum(['START', 'SUCCEED', 'FAIL', 'RETRY', 'CANCEL']).optional(),
  /** `before-checkpoint` loses the work of the step, `after-checkpoint` loses the process only. */
  moment: z.enum(['before-checkpoint', 'after-checkpoint']).default('after-checkpoint'),
  times: z.number().int().min(1).default(1),
});

type Kill = z.output<typeof killSchema>;

/** Processes that are to be lost in the middle of their work, as tests ask for it. */
export class KillSwitch {
  #armed: Kill[] = [];

  /**
   * An empty question only tells what is armed.
   * @throws AwsError ValidationException for an order that is not understood.
   */
  arm(order: unknown): { readonly armed: readonly Kill[] } {
    const parsed = killSchema.safeParse(order ?? {});
    if (!parsed.success) throw new AwsError('ValidationException', z.prettifyError(parsed.error));
    if (Object.keys(order ?? {}).length > 0) this.#armed.push(parsed.data);
    return { armed: this.#armed };
  }

  /** Whether this checkpoint costs the process its life. */
  strike(functionName: string, updates: readonly OperationUpdate[]): Kill['moment'] | undefined {
    const kill = this.#armed.find(
      (armed) =>
        (armed.functionName ?? functionName) === functionName &&
        updates.some(({ Name, Action }) => (armed.operation ?? Name) === Name && (armed.action ?? Action) === Action),
    );
    if (!kill) return undefined;
    this.#armed = this.#armed.flatMap((armed) => {
      if (armed !== kill) return [armed];
      return armed.times > 1 ? [{ ...armed, times: armed.times - 1 }] : [];
    });
    return kill.moment;
  }
}
