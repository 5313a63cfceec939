import * as z from '../../core/zod-mini';
import type { Caller, CommandAnswer, CommandPorts } from './command';

/** Asks for nothing but the policy. */
export const policyInput = (): z.ZodMiniType<object> => z.strictObject({});

/** Says by which part of `portcullis.yaml` this deployment decides, as it was deployed. */
export function showPolicy(
  _input: object,
  _caller: Caller,
  { deciding }: Pick<CommandPorts, 'deciding'>,
): Promise<CommandAnswer> {
  return Promise.resolve({ kind: 'done', body: { deciding } });
}
