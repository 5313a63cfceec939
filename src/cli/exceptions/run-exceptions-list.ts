import { renderOpenings } from '../../core/exceptions/describe-exception';
import { toListed } from '../../core/exceptions/to-listed';
import { runList, type ListOptions } from '../with-end/run-list';

/** @throws CouldNotTellError when the ledger cannot be read */
export function runExceptionsList(options: ListOptions): Promise<void> {
  return runList(
    {
      fetch: (ledger) => ledger.fetchExceptions(),
      toListed,
      idOf: ({ exceptionId }) => exceptionId,
      describe: ({ control, covers }) => `${control}: ${renderOpenings(covers)}`,
      none: 'Nothing is excepted.',
      stays: 'Only Portcullis ends them: before it is removed, portcullis exceptions end EXCEPTION_ID.',
    },
    options,
  );
}
