import * as z from '../../core/zod-mini';
import type { Caller, CommandAnswer, CommandPorts } from './command';

/** Asks for nothing but the policy. */
export const policyInput = (): z.ZodMiniType<object> => z.strictObject({});

/** Says by which part of `portcullis.yaml` this deployment decides, and which units all of it names, as deployed. */
export function showPolicy(
  _input: object,
  _caller: Caller,
  { deciding, units }: Pick<CommandPorts, 'deciding' | 'units'>,
): Promise<CommandAnswer> {
  return Promise.resolve({ kind: 'done', body: { deciding, units } });
}
