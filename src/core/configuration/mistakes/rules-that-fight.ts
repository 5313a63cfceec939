import { SECURITY_HUB_CONTROLS } from '../../controls/control-id';

/**
 * Fields of findings that are Portcullis's to write where it closes them, by their names in an automation rule's
 * action.
 */
export const OWN_FIELDS = ['workflow', 'note', 'userDefinedFields'] as const;

export type OwnField = (typeof OWN_FIELDS)[number];

/** What each of them would do to findings of ours, and what to write instead. */
export const FIGHTS: Readonly<Record<OwnField, { readonly message: string; readonly fix: string }>> = {
  workflow: {
    message:
      'sets the status of findings whose status is what Portcullis has read back, such as RESOLVED over an open port',
    fix: fixFor('workflow'),
  },
  note: { message: 'replaces notes that say what Portcullis has closed and how to undo it', fix: fixFor('note') },
  userDefinedFields: {
    message: 'replaces all user-defined fields, and those of Portcullis say which closing Undo closing takes back',
    fix: fixFor('userDefinedFields'),
  },
};

function fixFor(field: OwnField): string {
  return `remove ${field}, or name other controls in criteria.ComplianceSecurityControlId or other types in criteria.ResourceType`;
}

const TYPES = ['AwsEc2SecurityGroup', 'AwsEc2NetworkAcl'];

/**
 * Whether an automation rule may change findings of controls that Portcullis closes: unless its criteria say plainly
 * that it is about other controls, or about other types of resources. Security Hub applies rules whenever a finding is
 * imported again, so that what they write replaces what Portcullis wrote.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/automation-rules.html
 */
export function mayConcernOurs(criteria: unknown): boolean {
  return concernOurs(criteria) !== 'no';
}

/**
 * As {@link mayConcernOurs}; `perhaps` where nothing in the criteria names our controls or types, so that they may mean
 * others.
 */
export function concernOurs(criteria: unknown): 'yes' | 'perhaps' | 'no' {
  const of = (field: string): unknown =>
    typeof criteria === 'object' && criteria !== null ? Reflect.get(criteria, field) : undefined;
  const [controls, types] = [of('ComplianceSecurityControlId'), of('ResourceType')];
  if (!mayBeAmong(controls, SECURITY_HUB_CONTROLS) || !mayBeAmong(types, TYPES)) return 'no';
  return names(controls, SECURITY_HUB_CONTROLS) || names(types, TYPES) ? 'yes' : 'perhaps';
}

function names(filters: unknown, ours: readonly string[]): boolean {
  return Array.isArray(filters) && filters.some((filter: unknown) => ours.includes(String(valueOf(filter))));
}

function valueOf(filter: unknown): unknown {
  return typeof filter === 'object' && filter !== null ? Reflect.get(filter, 'value') : filter;
}

/** Values of one field are alternatives. A comparison other than by the beginning may be true of anything. */
function mayBeAmong(filters: unknown, ours: readonly string[]): boolean {
  if (!Array.isArray(filters)) return true;
  return filters.some((filter: unknown) => {
    const isWritten = typeof filter === 'object' && filter !== null;
    const comparison: unknown = isWritten ? Reflect.get(filter, 'comparison') : 'EQUALS';
    const value = valueOf(filter);
    if (typeof value !== 'string') return true;
    if (comparison === 'EQUALS') return ours.includes(value);
    return comparison !== 'PREFIX' || ours.some((each) => each.startsWith(value));
  });
}
