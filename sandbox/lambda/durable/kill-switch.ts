import type { OperationUpdate } from '@aws-sdk/client-lambda';
import { z } from 'zod';

import { AwsError } from '../../runtime/aws-error';

const killSchema = z.strictObject({
  functionName: z.string().optional(),
  /** The name of the step, wait, … whose checkpoint is meant. */
  operation: z.string().optional(),
  action: z.enum(['START', 'SUCCEED', 'FAIL', 'RETRY', 'CANCEL']).optional(),
  /** `before-checkpoint` loses the work of the step, `after-checkpoint` loses the process only. */
  moment: z.enum(['before-checkpoint', 'after-checkpoint']).default('after-checkpoint'),
  times: z.number().int().min(1).default(1),
});

/** What an order may name. */
export interface KnownNames {
  readonly functions: readonly string[];
  readonly operations: readonly string[];
}

type Kill = z.output<typeof killSchema>;

/** Processes that are to be lost in the middle of their work, as tests ask for it. */
export class KillSwitch {
  #armed: Kill[] = [];

  /**
   * An empty question only says what is armed. Steps get their names while they run, so that one that nothing has had
   * yet cannot be refused; the answer says so.
   *
   * @param known names of the functions, and of the steps, waits, … that executions have had
   * @throws AwsError ValidationException for an order that is not understood, or names a function that is not there
   */
  arm(order: unknown, known: KnownNames): { readonly armed: readonly Kill[]; readonly remark?: string } {
    const parsed = killSchema.safeParse(order ?? {});
    if (!parsed.success) throw new AwsError('ValidationException', z.prettifyError(parsed.error));
    const { functionName, operation } = parsed.data;
    if (functionName !== undefined && !known.functions.includes(functionName)) {
      const there = known.functions.join(', ');
      throw new AwsError('ValidationException', `There is no function "${functionName}"; there are ${there}.`);
    }
    if (Object.keys(order ?? {}).length > 0) this.#armed.push(parsed.data);
    if (operation === undefined || known.operations.includes(operation)) return { armed: this.#armed };
    const names = known.operations.length === 0 ? 'none yet' : known.operations.join(', ');
    return { armed: this.#armed, remark: `No execution has had a step "${operation}" so far; there were: ${names}.` };
  }

  /** Whether this checkpoint costs the process its life. */
  inject(functionName: string, updates: readonly OperationUpdate[]): Kill['moment'] | undefined {
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
