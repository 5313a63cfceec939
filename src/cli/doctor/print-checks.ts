import { visibleJson } from '../../core/visible-json';
import type { Check } from '../../flow/doctor/check';
import { fitLines } from '../fit-lines';
import { plural } from '../plural';
import { colorsFor, printableTexts, type Colors } from '../terminal';
import { showWaiting } from '../waiting-line';

/** Prints checks as soon as they are known. */
export type Print = (checks: readonly Check[]) => void;

export interface Printing {
  readonly print: Print;
  /** All that were reported. */
  readonly printed: readonly Check[];
  /** Takes the line away that says how long it takes. */
  stop(): void;
}

/** Checks on standard output, a line each, or JSON; between them a line on a terminal says that it goes on. */
export function startPrinting(json: true | undefined): Printing {
  const printed: Check[] = [];
  const colors = colorsFor(process.stdout);
  const wait = () => showWaiting(`checking, ${plural(printed.length, 'check')} made`, { ...(json && { json }) });
  let stopWaiting = wait();
  return {
    printed,
    print(checks) {
      stopWaiting();
      printed.push(...checks);
      for (const check of checks) {
        process.stdout.write(json ? `${visibleJson(check)}\n` : fitLines(render(check, colors)));
      }
      stopWaiting = wait();
    },
    stop() {
      stopWaiting();
    },
  };
}

const LABELS: Readonly<Record<Check['status'], string>> = { ok: 'ok     ', failed: 'FAILED ', unknown: 'unknown' };

function render(check: Check, colors: Colors): string {
  const { check: name, status, found, fix } = printableTexts(check);
  const color = { ok: colors.green, failed: colors.red, unknown: colors.yellow }[status];
  const toDo = fix === '' ? '' : `\n          fix: ${fix}`;
  return `${color(LABELS[status])} ${name}: ${found}${toDo}\n`;
}
