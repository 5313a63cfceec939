import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Beside the code of a function, written when it is bundled: it is part of what is deployed, so that another policy is another
 * version of the function, and an execution goes on by the policy that it began with.
 */
export const POLICY_FILE = 'policy.json';

/** Beside the code of the commands function: what of `portcullis.yaml` decides, for who asks what would be decided. */
export const DECIDING_FILE = 'deciding.json';

/**
 * @param directory of the function's code
 * @throws Error where there is none: the function must not start without
 */
export function readPolicyFile(directory: string, name: typeof POLICY_FILE | typeof DECIDING_FILE): string {
  return readFileSync(join(directory, name), 'utf8');
}
