import { toListedGrant } from '../../core/grants/to-listed-grant';
import { runList, type ListOptions } from '../with-end/run-list';

/** @throws CouldNotTellError when the ledger cannot be read */
export function runGrantsList(options: ListOptions): Promise<void> {
  return runList(
    {
      fetch: (ledger) => ledger.fetchGrants(),
      toListed: toListedGrant,
      idOf: ({ grantId }) => grantId,
      describe: ({ port, source }) => `tcp ${String(port)} from ${source}`,
      none: 'Nothing is granted.',
      stays: 'Only Portcullis takes it away at its end: before it is removed, portcullis grants end GRANT_ID.',
    },
    options,
  );
}
