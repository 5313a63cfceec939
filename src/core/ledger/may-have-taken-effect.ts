import type { RunbookRunRecord } from './remediation-record';

/** A run that failed changed nothing; one whose end is not known may have, and then the rules show it. */
export function mayHaveTakenEffect({ end }: Pick<RunbookRunRecord, 'end'>): boolean {
  return end !== 'failed' && end !== 'rules-changed';
}
