import type { Durable } from '../ports';

/**
 * Names of operations are distinguished by the remediation that they belong to, for whoever reads the execution's
 * history.
 */
export function forRemediation(durable: Durable, sequence: number): Durable {
  const named = (name: string) => (sequence === 0 ? name : `${name} (remediation ${String(sequence + 1)})`);
  return {
    step: (name, run) => durable.step(named(name), run),
    sleep: (name, seconds) => durable.sleep(named(name), seconds),
  };
}
