import type { DrillStep, Shown } from '../../core/drill/drill-step';
import type { DrillPorts } from '../ports';

/** Runs steps one after the other, times each, and reports it as soon as it is over. */
export interface Stepper {
  /** The step's value, where it showed what it was for. */
  run<Value>(step: string, act: () => Promise<Shown<Value>>): Promise<Value | undefined>;
  skip(step: string, why: string): void;
}

/**
 * @param report called with every step once
 * @param begin hears of one that begins
 */
export function createStepper(
  ports: Pick<DrillPorts, 'elapsed' | 'isInterrupted'>,
  report: (step: DrillStep) => void,
  begin: (step: string) => void = () => undefined,
): Stepper {
  const skip = (step: string, found: string): void => {
    report({ step, status: 'skipped', found, fix: '', millis: 0 });
  };
  return {
    skip,
    async run(step, act) {
      if (ports.isInterrupted()) {
        skip(step, 'the drill was interrupted');
        return undefined;
      }
      begin(step);
      const begun = ports.elapsed();
      const { status, found, fix = '', times, value } = await act();
      if (status === 'failed' && ports.isInterrupted()) {
        skip(step, found);
        return undefined;
      }
      const millis = Math.round(ports.elapsed() - begun);
      report({ step, status, found, fix, millis, ...(times === undefined ? {} : { times }) });
      return value;
    },
  };
}
