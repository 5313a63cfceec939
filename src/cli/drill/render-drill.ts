import type { DrillStep, StepStatus } from '../../core/drill/drill-step';
import { printableTexts, type Colors } from '../terminal';

const LABELS: Readonly<Record<StepStatus, string>> = {
  ok: 'ok       ',
  otherwise: 'otherwise',
  failed: 'FAILED   ',
  skipped: 'skipped  ',
};

const STEP_CHARACTERS = 22;

/** A line a step, and under it what follows. */
export function renderStep(step: DrillStep, colors: Colors): string {
  const { step: name, status, found, fix, millis, times } = printableTexts(step);
  const color = { ok: colors.green, otherwise: colors.yellow, failed: colors.red, skipped: colors.dim }[status];
  const time = status === 'skipped' ? '' : seconds(millis);
  const parts = Object.entries(times ?? {}).map(([part, value]) => `${part} ${seconds(value)}`);
  const inside = parts.length === 0 ? '' : ` (${parts.join(', ')})`;
  const toDo = fix === '' ? '' : `\n           fix: ${fix}`;
  return `${color(LABELS[status])}  ${time.padStart(7)}  ${name.padEnd(STEP_CHARACTERS)}  ${found}${inside}${toDo}\n`;
}

function seconds(millis: number): string {
  return `${(millis / 1000).toFixed(1)} s`;
}
