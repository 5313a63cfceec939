import type { NamedUnit } from '../../core/configuration/named-units';
import type { PortResult } from '../ports';
import { failed, ok, unknown, type Check } from './check';

export interface UnitPorts {
  /** Units that the deployed configuration names; undefined where the deployment is too old to say. */
  readonly fetchNamedUnits: () => PortResult<readonly NamedUnit[] | undefined>;
  /** Whether Organizations knows a unit, or the root. */
  readonly unitExists: (id: string) => PortResult<boolean>;
  /** The hub stack. */
  readonly stack: string;
}

const CHECK = 'organizational units';

/** Every unit that the deployed configuration names exists. Nothing where it names none. */
export async function checkUnits({ fetchNamedUnits, unitExists, stack }: UnitPorts): Promise<readonly Check[]> {
  const named = await fetchNamedUnits();
  if (!named.ok) return [unknown(CHECK, named.error)];
  if (named.value === undefined) return [failed(CHECK, 'the hub is too old to name them', `npx cdk deploy ${stack}`)];
  const checks: Check[] = [];
  let there = 0;
  // One after the other: Organizations takes two of these calls a second.
  for (const { id, where } of named.value) {
    const found = await unitExists(id);
    const check = `organizational unit ${id}`;
    if (!found.ok) checks.push(unknown(check, found.error));
    else if (found.value) there += 1;
    else {
      const fix = `take it from ${where.join(', ')} of portcullis.yaml, or name the unit that took its place; then deploy`;
      checks.push(failed(check, 'it does not exist any more, so that nobody is in it', fix));
    }
  }
  return there === 0 ? checks : [ok(CHECK, `${String(there)} of ${String(named.value.length)} exist`), ...checks];
}
