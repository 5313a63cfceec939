import { CONTROL_IDS, type ControlId } from '../controls/control-id';
import type { PolicyConditions, PolicyEntry } from '../policy/policy-entry';
import type { AutomaticEntry } from './schema/automatic-schema';

interface Deciding {
  readonly automatic: readonly AutomaticEntry[];
  readonly decisions: readonly PolicyEntry[];
}

/**
 * The entries that decide: those of `decisions`, or what the filters of `automatic` come to. What is filtered out is
 * left with a note that says by what; what a filter asks for and nobody knows asks. None where `automatic` lists
 * controls alone: then everything that comes is closed.
 */
export function toDecisions({ automatic, decisions }: Deciding): readonly PolicyEntry[] {
  if (decisions.length > 0 || automatic.every((each) => typeof each === 'string')) return decisions;
  const entries = automatic.map((each) => (typeof each === 'string' ? { controls: [each] } : each));
  return [
    ...entries.flatMap(({ controls, exclude = {} }) => excludedBy(controls, exclude)),
    ...entries.map(({ controls, include = {} }) => ({
      name: 'automatic',
      when: { controls, ...include },
      do: 'auto' as const,
    })),
    { name: 'automatic, but not included', when: { controls: automaticControls(automatic) }, do: 'notify' },
  ];
}

/** Each control that is automatic for some targets at least. */
export function automaticControls(automatic: readonly AutomaticEntry[]): readonly ControlId[] {
  return [...new Set(automatic.flatMap((each) => (typeof each === 'string' ? each : each.controls)))];
}

/** Controls that are closed with nobody asked, for some targets at least, by `automatic` or by `decisions`. */
export function closedByThemselves({ automatic, decisions }: Deciding): readonly ControlId[] {
  if (decisions.length === 0) return automaticControls(automatic);
  const closing = decisions.filter(({ do: mode }) => mode === 'auto');
  return [...new Set(closing.flatMap(({ when }) => when?.controls ?? CONTROL_IDS))];
}

type Filter = Pick<PolicyConditions, 'accounts' | 'organizationalUnits' | 'regions' | 'severities' | 'tags'>;

/** One condition suffices to be out: each is an entry of its own. */
function excludedBy(controls: readonly ControlId[], exclude: Filter): readonly PolicyEntry[] {
  return Object.entries(exclude).map(([condition, values]) => ({
    name: `automatic, but excluded by ${condition}`,
    when: { controls, [condition]: values },
    do: 'notify',
  }));
}
