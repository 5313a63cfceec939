import { success } from '../../../src/core/result';
import type { ThreadRecord } from '../../../src/flow/ports';
import type { NotifyPorts } from '../../../src/flow/notifying/notify';

/** Threads that nobody else holds: what was written about a subject last is what the next one reads. */
export function rememberedThreads(records: Map<string, ThreadRecord>): NotifyPorts['threads'] {
  return {
    hold({ subject }) {
      const write = (record: ThreadRecord) => {
        records.set(subject, record);
        return Promise.resolve(success(undefined));
      };
      return Promise.resolve(success({ record: records.get(subject), save: write, release: write }));
    },
  };
}
