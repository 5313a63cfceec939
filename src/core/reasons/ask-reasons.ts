import type { ControlId } from '../controls/control-id';
import type { AddressFamily } from '../network/address-family';
import { renderReason, type ReasonDocs, type ReasonTexts } from './reason';

/**
 * Why a person must decide about a plan. Rules and entries are in the words of plans: `tcp 22 from 0.0.0.0/0 (sgr-1)`.
 */
export type AskReason =
  | { readonly code: 'not-about-security-groups'; readonly control: ControlId }
  | { readonly code: 'not-about-network-acls'; readonly control: ControlId }
  | { readonly code: 'not-a-default-group'; readonly control: ControlId; readonly name: string }
  | UnreadableParameter
  | { readonly code: 'prefix-list-unreadable'; readonly rule: string }
  | PrefixListHoldsOthers
  | { readonly code: 'trusted-sources-missing' }
  | { readonly code: 'trusted-sources-cover-internet' }
  | DefaultGroupInUse
  | RuleQuotaShort
  | EntryQuotaShort
  | EntriesRefused
  | RuleNumbersShort
  | { readonly code: 'too-many-calls'; readonly calls: number; readonly most: number };

/** A parameter of a finding's control that holds what is no port. */
export interface UnreadableParameter {
  readonly code: 'parameter-unreadable';
  readonly control: ControlId;
  readonly parameter: string;
  readonly value: string;
}

interface PrefixListHoldsOthers {
  readonly code: 'prefix-list-holds-others';
  readonly rule: string;
  /** The entries of the list that violate. */
  readonly open: readonly string[];
  /** How many entries it has that do not. */
  readonly others: number;
}

interface DefaultGroupInUse {
  readonly code: 'default-group-in-use';
  readonly controls: readonly ControlId[];
  readonly interfaces: number;
  /** Of the interfaces the first few. */
  readonly interfaceIds: readonly string[];
}

interface RuleQuotaShort {
  readonly code: 'rule-quota-short';
  readonly family: AddressFamily;
  readonly needed: number;
  readonly held: number;
  readonly quota: number;
}

interface EntryQuotaShort {
  readonly code: 'entry-quota-short';
  readonly entry: string;
  readonly family: AddressFamily;
  readonly needed: number;
  readonly held: number;
  readonly quota: number;
  /** Whether the quota can be raised as far as is needed. */
  readonly canBeRaised: boolean;
}

interface EntriesRefused {
  readonly code: 'entries-refused';
  readonly entry: string;
  readonly needed: number;
  /** Of both address families, inbound. */
  readonly held: number;
}

interface RuleNumbersShort {
  readonly code: 'rule-numbers-short';
  readonly entry: string;
  readonly needed: number;
  readonly free: number;
}

const FAMILY_NAMES: Readonly<Record<AddressFamily, string>> = { ipv4: 'IPv4', ipv6: 'IPv6' };

export const ASK_TEXTS: ReasonTexts<AskReason> = {
  'not-about-security-groups': ({ control }) =>
    `${control} is about network ACLs and says nothing about a security group.`,
  'not-about-network-acls': ({ control }) =>
    `${control} is about security groups and says nothing about a network ACL.`,
  'not-a-default-group': ({ control, name }) =>
    `${control} is about default security groups, and this one is named "${name}".`,
  'parameter-unreadable': ({ control, parameter, value }) =>
    `${control}'s parameter ${parameter} holds "${value}"; write ports from 0 to 65535 or ranges such as 1020-1025.`,
  'prefix-list-unreadable': ({ rule }) =>
    `The prefix list of ${rule} could not be read; it may be open to the internet.`,
  'prefix-list-holds-others': ({ rule, open, others }) => {
    const entries = others === 1 ? 'one other entry' : `${String(others)} other entries`;
    return (
      `${rule} is open through ${renderFew(open)} in the prefix list, and revoking it would also cut off the list's ` +
      `${entries}; take ${renderFew(open)} out of the list, or set expandPrefixLists: true.`
    );
  },
  'trusted-sources-missing': () =>
    'The strategy restrict needs trustedSources in the policy: without them it would close everything.',
  'trusted-sources-cover-internet': () =>
    'The trustedSources of the policy cover the internet, together or with what stays: restricting to them would close ' +
    'nothing.',
  'default-group-in-use': ({ controls, interfaces, interfaceIds }) => {
    const uses = interfaces === 1 ? 'interface uses' : 'interfaces use';
    const more = interfaces > interfaceIds.length ? ', …' : '';
    return (
      `${controls.join(', ')} forbids every rule of the default group, and ${String(interfaces)} network ` +
      `${uses} it (${interfaceIds.join(', ')}${more}): ` +
      'emptying it cuts off all their traffic; give them groups of their own first.'
    );
  },
  'rule-quota-short': ({ family, needed, held, quota }) =>
    `Keeping what may stay open needs ${String(needed)} more ${FAMILY_NAMES[family]} ingress ` +
    `${needed === 1 ? 'rule' : 'rules'} beside the ${String(held)} that the group holds, and its quota is ` +
    `${String(quota)}; remove rules, raise the quota, or use the strategy revoke.`,
  'entry-quota-short': ({ entry, family, needed, held, quota, canBeRaised }) => {
    const wanted = String(held + needed);
    const raise = canBeRaised
      ? `remove entries, or have the quota raised and set policy.networkAclEntryQuota to ${wanted} or more.`
      : 'remove entries.';
    return (
      `${needsMore(entry, needed)} beside the ${String(held)} that the network ACL holds inbound for ` +
      `${FAMILY_NAMES[family]}, and its quota is ${String(quota)}; ${raise}`
    );
  },
  'entries-refused': ({ entry, needed, held }) =>
    `${needsMore(entry, needed)}, and EC2 refuses more than the ${String(held)} entries that the network ACL holds ` +
    'inbound; remove entries, or have the quota of rules a network ACL raised.',
  'rule-numbers-short': ({ entry, needed, free }) =>
    `${needsMore(entry, needed)}, and rule numbers between the DENY entries around it are free for ${String(free)}; ` +
    'renumber the entries around it.',
  'too-many-calls': ({ calls, most }) =>
    `Closing it takes ${String(calls)} calls, and one remediation makes ${String(most)} at the most: remove rules by ` +
    'hand, and choose Close ingress again.',
};

function needsMore(entry: string, needed: number): string {
  const count = needed === 1 ? '1 more entry' : `${String(needed)} more entries`;
  return `Leaving everything else of ${entry} open needs ${count}`;
}

const CIDRS_SHOWN = 5;

/** Of the thousands that a prefix list may hold. */
function renderFew(cidrs: readonly string[]): string {
  const shown = cidrs.slice(0, CIDRS_SHOWN).join(', ');
  return cidrs.length > CIDRS_SHOWN ? `${shown} and ${String(cidrs.length - CIDRS_SHOWN)} more` : shown;
}

/** The text of what a plan asks. */
export function renderAskReason(reason: AskReason): string {
  return renderReason(reason, ASK_TEXTS);
}

export const ASK_DOCS: ReasonDocs<AskReason> = {
  'not-about-security-groups': {
    example: { control: 'EC2.21' },
    remedy: 'Look at who imports the finding: its control does not belong to its resource.',
  },
  'not-about-network-acls': {
    example: { control: 'EC2.13' },
    remedy: 'Look at who imports the finding: its control does not belong to its resource.',
  },
  'not-a-default-group': {
    example: { control: 'EC2.2', name: '{name}' },
    remedy: 'Look at who imports the finding: the control does not check groups of other names.',
  },
  'parameter-unreadable': {
    example: { control: 'EC2.18', parameter: '{parameter}', value: '{value}' },
    remedy: "Mend the control's parameter in Security Hub, and choose Close ingress again.",
  },
  'prefix-list-unreadable': {
    example: { rule: '{rule}' },
    remedy: 'Share the prefix list with the account, or look into it and revoke the rule by hand.',
  },
  'prefix-list-holds-others': {
    example: { rule: '{rule}', open: ['0.0.0.0/0'], others: 2 },
    remedy: 'Take the open entries out of the list, or set policy.expandPrefixLists: true.',
  },
  'trusted-sources-missing': {
    example: {},
    remedy: 'Set policy.trustedSources, or use another strategy.',
  },
  'trusted-sources-cover-internet': {
    example: {},
    remedy: 'Narrow policy.trustedSources.',
  },
  'default-group-in-use': {
    example: { controls: ['EC2.2'], interfaces: 4, interfaceIds: ['{eni}', '{eni}', '{eni}'] },
    remedy: 'Give the network interfaces groups of their own, and choose Close ingress again.',
  },
  'rule-quota-short': {
    example: { family: 'ipv4', needed: 2, held: 59, quota: 60 },
    remedy: 'Remove rules, have the quota raised and set policy.ruleQuota, or use the strategy revoke.',
  },
  'entry-quota-short': {
    example: { entry: '{entry}', family: 'ipv4', needed: 2, held: 19, quota: 20, canBeRaised: true },
    remedy: 'Remove entries, or have the quota raised and set policy.networkAclEntryQuota.',
  },
  'entries-refused': {
    example: { entry: '{entry}', needed: 2, held: 20 },
    remedy: 'Remove entries, or have the quota of rules a network ACL raised.',
  },
  'rule-numbers-short': {
    example: { entry: '{entry}', needed: 2, free: 1 },
    remedy: 'Renumber the entries around it, so that there are numbers between them.',
  },
  'too-many-calls': {
    example: { calls: 700, most: 600 },
    remedy: 'Remove rules by hand, and choose Close ingress again.',
  },
};
