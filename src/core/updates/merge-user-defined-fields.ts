import { readableText } from '../messages/readable-text';
import type { UserDefinedFields } from './finding-update';

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html */
const MAX_FIELDS = 50;

/** What an undo goes by comes first: where others leave little room, the rest of ours stays out. */
const OURS = [
  'PortcullisRemediationId',
  'PortcullisOutcome',
  'PortcullisDecidedBy',
  'PortcullisUntil',
  'PortcullisEnds',
] as const satisfies readonly (keyof UserDefinedFields)[];

/** What stands in a field of ours that does not hold any more. */
export const NO_VALUE = 'none';

export interface MergedFields {
  readonly fields: Readonly<Record<string, string>>;
  /** Fields of ours for which there was no room. */
  readonly leftOut: readonly string[];
}

/**
 * All fields that a finding has after an update of ours. Whether Security Hub replaces the whole map or merges it is
 * documented nowhere, so that neither matters: those of others are sent along, and a field that an earlier update of
 * ours wrote and this one does not have is overwritten, since a value cannot be empty. Others' fields are never given
 * up for ours.
 */
export function mergeUserDefinedFields(
  existing: Readonly<Record<string, string>> = {},
  update: UserDefinedFields,
): MergedFields {
  const isOurs = (name: string) => OURS.some((ours) => ours === name);
  const others = Object.entries(existing).filter(([name]) => !isOurs(name));
  const ours = OURS.flatMap((name) => {
    const value = update[name] ?? (Object.hasOwn(existing, name) ? NO_VALUE : undefined);
    return value === undefined ? [] : [[name, readableText(value)] as const];
  });
  const room = Math.max(0, MAX_FIELDS - others.length);
  return {
    fields: Object.fromEntries([...others, ...ours.slice(0, room)]),
    leftOut: ours.slice(room).map(([name]) => name),
  };
}
