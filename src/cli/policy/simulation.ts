import type { Configuration } from '../../core/configuration/schema/configuration-schema';
import { toDecisions } from '../../core/configuration/to-decisions';
import type { ExportedDecision } from '../../core/policy/decide-as-exported';
import { nameEntry, POLICY_MODES, type PolicyMode } from '../../core/policy/policy-entry';

type ByMode = Record<PolicyMode, number>;

/** What a policy would do with an export, counted while it is read: nothing of a finding is kept. */
export class Simulation {
  readonly byMode = noneByMode();
  readonly byControl: Record<string, ByMode> = {};
  readonly byAccount: Record<string, ByMode> = {};
  /** Findings about which the policies that are compared differ, by `auto → ask`. */
  readonly changes: Record<string, number> = {};
  /** Left open by an exception in force; among those ignored. */
  excepted = 0;
  otherControls = 0;
  notUnderstood = 0;
  readonly #matched = new Set<number>();

  add(decision: ExportedDecision, other?: ExportedDecision): void {
    const { mode, control, account, index } = decision;
    this.byMode[mode] += 1;
    (this.byControl[control] ??= noneByMode())[mode] += 1;
    (this.byAccount[account] ??= noneByMode())[mode] += 1;
    if (decision.exceptions !== undefined) this.excepted += 1;
    if (index !== undefined) this.#matched.add(index);
    if (other === undefined || other.mode === mode) return;
    const change = `${other.mode} → ${mode}`;
    this.changes[change] = (this.changes[change] ?? 0) + 1;
  }

  /** Names of the entries that decided about no finding. */
  neverMatched(policy: Pick<Configuration, 'automatic' | 'decisions'>): readonly string[] {
    return toDecisions(policy).flatMap((entry, index) => (this.#matched.has(index) ? [] : [nameEntry(entry, index)]));
  }
}

function noneByMode(): ByMode {
  return { auto: 0, ask: 0, notify: 0, ignore: 0 };
}

/** `12 auto, 3 ask`: modes without findings are left out. */
export function renderByMode(counts: Readonly<ByMode>): string {
  const shown = POLICY_MODES.filter((mode) => counts[mode] > 0).map((mode) => `${String(counts[mode])} ${mode}`);
  return shown.length === 0 ? 'none' : shown.join(', ');
}
