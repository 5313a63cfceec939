import { ExceptionsByTarget } from '../../core/exceptions/exceptions-by-target';
import { InputError } from '../cli-error';
import { readDocuments } from '../input/read-documents';

/**
 * What `portcullis exceptions list --json` printed; without a file, there are those of the policy alone.
 *
 * @throws InputError for a line that is something else
 */
export async function readExceptions(file: string | undefined): Promise<ExceptionsByTarget> {
  const exceptions = new ExceptionsByTarget(new Date());
  if (file === undefined) return exceptions;
  for await (const batch of readDocuments(file, undefined)) {
    for (const { value, from } of batch) {
      const added = exceptions.add(value);
      if (added.ok) continue;
      throw new InputError(
        `--exceptions ${from}: ${added.error}; expected what portcullis exceptions list --all --json printed`,
      );
    }
  }
  return exceptions;
}
