import type { Sweep } from '../../core/sweeping/sweep';
import { plural } from '../plural';

export interface ScanProgress {
  show(sweep: Pick<Sweep, 'done' | 'places' | 'totals'>): void;
  clear(): void;
}

/** One line that is written over; nothing where nobody watches. */
export function createScanProgress(stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>): ScanProgress {
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined };
  return {
    show({ done, places, totals }) {
      const seen = `${plural(totals.securityGroups, 'security group')}, ${plural(totals.networkAcls, 'network ACL')}`;
      const found = `${String(totals.violating)} violating, ${String(totals.unreadable)} unreadable`;
      stream.write(`\r\u001b[2K${String(done)} of ${plural(places, 'Region')} of accounts: ${seen}; ${found}`);
    },
    clear() {
      stream.write('\r\u001b[2K');
    },
  };
}
