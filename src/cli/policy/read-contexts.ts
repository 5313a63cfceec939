import { ContextsByTarget } from '../../core/policy/contexts-by-target';
import { InputError } from '../cli-error';
import { readDocuments } from '../input/read-documents';
import type { TriedPolicy } from './read-policy';

/**
 * What `portcullis context --all` wrote: `{"target","context"}` a line.
 *
 * @throws InputError for a line that is something else
 */
export async function readContexts(file: string, policies: readonly TriedPolicy[]): Promise<ContextsByTarget> {
  const contexts = new ContextsByTarget(policies);
  for await (const batch of readDocuments(file, undefined)) {
    for (const { value, from } of batch) {
      const added = contexts.add(value);
      if (added.ok) continue;
      throw new InputError(`--context ${from}: ${added.error}; expected what portcullis context --all --json printed`);
    }
  }
  return contexts;
}
