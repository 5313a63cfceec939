import type { UserDefinedFields } from './finding-update';

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html */
const MAX_FIELDS = 50;

/** What an undo goes by comes first: where others leave little room, the rest of ours stays out. */
const OURS = [
  'PortcullisRemediationId',
  'PortcullisOutcome',
  'PortcullisDecidedBy',
  'PortcullisUntil',
] as const satisfies readonly (keyof UserDefinedFields)[];

export interface MergedFields {
  readonly fields: Readonly<Record<string, string>>;
  /** Fields of ours for which there was no room. */
  readonly leftOut: readonly string[];
}

/**
 * All fields that a finding has after an update of ours. Security Hub replaces the whole map, so that those of others are
 * sent along; what an earlier update of ours wrote is replaced as a whole. Others' fields are never given up for ours.
 */
export function mergeUserDefinedFields(
  existing: Readonly<Record<string, string>> = {},
  update: UserDefinedFields,
): MergedFields {
  const isOurs = (name: string) => OURS.some((ours) => ours === name);
  const others = Object.entries(existing).filter(([name]) => !isOurs(name));
  const ours = OURS.flatMap((name) => (update[name] === undefined ? [] : [[name, update[name]] as const]));
  const room = Math.max(0, MAX_FIELDS - others.length);
  return {
    fields: Object.fromEntries([...others, ...ours.slice(0, room)]),
    leftOut: ours.slice(room).map(([name]) => name),
  };
}
