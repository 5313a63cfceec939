import { parseTargetText, TARGET_FORM } from '../../core/parse-target-text';
import type { Target } from '../../core/target';
import { InputError } from '../cli-error';

/** `222222222222/eu-central-1/sg-0123456789abcdef0`. @throws InputError */
export function parseTarget(text: string): Target {
  const target = parseTargetText(text);
  if (target === undefined) throw new InputError(`--target: "${text}" is no target; write ${TARGET_FORM}`);
  return target;
}
