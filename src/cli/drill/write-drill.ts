import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DrillStep } from '../../core/drill/drill-step';
import type { DrillOrder } from '../../flow/drill/order';
import { accessReasonOf } from '../access-reason';
import { InputError } from '../cli-error';

interface Drill {
  readonly order: DrillOrder;
  readonly steps: readonly DrillStep[];
  /** As the ledger has them. */
  readonly certificates: readonly unknown[];
}

/**
 * Writes what a drill showed, and the certificates of its closings, which `portcullis verify` takes. @throws InputError
 */
export function writeDrill(folder: string, { order, steps, certificates }: Drill): void {
  const { drillId, place, control } = order;
  const report = { drillId, ...place, control, at: new Date().toISOString(), steps };
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'drill.json'), `${JSON.stringify(report, null, 2)}\n`);
    if (certificates.length > 0) {
      writeFileSync(join(folder, 'certificates.json'), `${JSON.stringify(certificates, null, 2)}\n`);
    }
  } catch (error) {
    throw new InputError(`--out: ${folder} cannot be written: ${accessReasonOf(error)}`);
  }
}
