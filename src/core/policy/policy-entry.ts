import type { ControlId } from '../controls/control-id';
import type { PlanPolicy } from '../planning/plan-policy';

/** What becomes of a finding that nobody chose: closed, left to a person with a question, left with a note, or not touched. */
export const POLICY_MODES = ['auto', 'ask', 'notify', 'ignore'] as const;

export type PolicyMode = (typeof POLICY_MODES)[number];

export const SEVERITIES = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;

type Severity = (typeof SEVERITIES)[number];

/** Conditions that must all be met; each is met by any one of its values. */
export interface PolicyConditions {
  readonly controls?: readonly ControlId[];
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  readonly severities?: readonly Severity[];
  /** Tags of the target. One without a value matches any value. */
  readonly tags?: readonly PolicyTag[];
}

export interface PolicyTag {
  readonly key: string;
  readonly value?: string;
}

/** One entry of `decisions` in `portcullis.yaml`. */
export interface PolicyEntry {
  readonly name?: string;
  /** Missing matches everything. */
  readonly when?: PolicyConditions;
  readonly do: PolicyMode;
}

/** What asks a person whoever wants the target closed. */
export interface PolicyGuards {
  /** A target with a tag of this key, whatever its value, is closed only when a person insists. */
  readonly protectionTag?: string;
}

/** All of `portcullis.yaml` that the orchestrator goes by. */
export interface Policy extends PlanPolicy {
  /** Missing, or none: what `automatic` lists is closed by itself, as findings of it are all that comes. */
  readonly decisions?: readonly PolicyEntry[];
  readonly guards?: PolicyGuards;
}

/** `policy entry "production asks"`, or by its place from 1 where it has no name. */
export function nameEntry({ name }: PolicyEntry, index: number): string {
  return name === undefined ? `policy entry ${String(index + 1)}` : `policy entry "${name}"`;
}
