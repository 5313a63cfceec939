import type { ReasonDocs, ReasonTexts } from './reason';

/** How an isolation or its undo ended, or why it was refused. Interfaces and groups stand by their ids. */
export type IsolationReason =
  | { readonly code: 'isolated'; readonly interfaces: readonly ReplacedGroups[]; readonly group: readonly string[] }
  | { readonly code: 'isolated-already'; readonly group: readonly string[] }
  | { readonly code: 'isolation-before-unknown'; readonly interfaces: readonly string[] }
  | { readonly code: 'isolating-group-emptied'; readonly group: string; readonly rules: readonly string[] }
  | { readonly code: 'tracked-connections-survive' }
  | { readonly code: 'auto-scaling-may-replace'; readonly group: string }
  | { readonly code: 'other-interfaces-stay'; readonly instance: string }
  | { readonly code: 'isolation-not-configured' }
  | { readonly code: 'isolation-guarded'; readonly tag: string; readonly on: string }
  | { readonly code: 'isolation-without-interfaces'; readonly id: string }
  | { readonly code: 'isolation-interface-managed'; readonly id: string; readonly by: string }
  | { readonly code: 'isolating-group-of-others'; readonly name: string; readonly id: string }
  | { readonly code: 'isolation-target-gone' }
  | { readonly code: 'isolation-not-stored'; readonly cause: string }
  | { readonly code: 'isolation-call-failed'; readonly cause: string }
  | { readonly code: 'isolation-not-shown'; readonly call: string }
  | { readonly code: 'isolation-kept-changing' }
  | { readonly code: 'interfaces-not-isolated'; readonly interfaces: readonly string[] }
  | { readonly code: 'isolated-interface-gone'; readonly interface: string }
  | { readonly code: 'recorded-groups-gone'; readonly interface: string; readonly groups: readonly string[] }
  | { readonly code: 'isolated-groups-changed'; readonly interface: string; readonly now: readonly string[] }
  | { readonly code: 'groups-restored'; readonly interfaces: readonly ReplacedGroups[] }
  | { readonly code: 'groups-as-recorded' }
  | { readonly code: 'no-isolation-known' };

export interface ReplacedGroups {
  readonly interface: string;
  readonly groups: readonly string[];
}

export const ISOLATION_TEXTS: ReasonTexts<IsolationReason> = {
  isolated: ({ interfaces, group }) => {
    const replaced = interfaces.length === 0 ? '' : ` in place of ${groupsOf(interfaces)}`;
    return `Read back: only ${group.join(', ')}, which is empty, is left${replaced}.`;
  },
  'isolated-already': ({ group }) => `It was isolated already, by ${group.join(', ')}: nothing was changed.`,
  'isolation-before-unknown': ({ interfaces }) =>
    `What ${interfaces.join(', ')} had before is not known: somebody else isolated it, and an undo leaves it so.`,
  'isolating-group-emptied': ({ group, rules }) => `${group} had rules, which were revoked: ${rules.join('; ')}.`,
  'tracked-connections-survive': () => 'Tracked connections that are open go on until they end.',
  'auto-scaling-may-replace': ({ group }) =>
    `Its Auto Scaling group ${group} may find it unhealthy and terminate it: detach it, or put it into standby.`,
  'other-interfaces-stay': ({ instance }) => `Other interfaces of ${instance} are as they were.`,
  'isolation-not-configured': () => 'portcullis.yaml has no isolation, so that nothing is isolated.',
  'isolation-guarded': ({ tag, on }) => `${on} has the tag ${tag} = deny, which forbids it: nothing was changed.`,
  'isolation-without-interfaces': ({ id }) => `${id} has no network interface: nothing was changed.`,
  'isolation-interface-managed': ({ id, by }) =>
    `${id} is managed by ${by}, which alone may change its groups: nothing was changed.`,
  'isolating-group-of-others': ({ name, id }) =>
    `${id} has the name ${name} and is not made by Portcullis: nothing was changed. Rename or remove it.`,
  'isolation-target-gone': () => 'It does not exist any more: nothing was changed.',
  'isolation-not-stored': ({ cause }) =>
    `What was there before could not be written down, so that it goes no further: ${cause}`,
  'isolation-call-failed': ({ cause }) => cause,
  'isolation-not-shown': ({ call }) => `${call} was started, and its effect did not show in time.`,
  'isolation-kept-changing': () => 'Somebody kept changing the groups meanwhile.',
  'interfaces-not-isolated': ({ interfaces }) => `Not isolated: ${interfaces.join(', ')}.`,
  'isolated-interface-gone': ({ interface: id }) => `${id} is not there any more.`,
  'recorded-groups-gone': ({ interface: id, groups }) =>
    `${groups.join(', ')} of ${id} ${groups.length === 1 ? 'does' : 'do'} not exist any more.`,
  'isolated-groups-changed': ({ interface: id, now }) =>
    `${id} was left alone: somebody gave it ${now.join(', ')} since.`,
  'groups-restored': ({ interfaces }) =>
    `Read back: ${groupsOf(interfaces)} ${interfaces.length === 1 ? 'is' : 'are'} there again.`,
  'groups-as-recorded': () => 'Every interface has the groups that it had before.',
  'no-isolation-known': () => 'The ledger holds no isolation of it that is not undone.',
};

function groupsOf(interfaces: readonly ReplacedGroups[]): string {
  return interfaces.map(({ interface: id, groups }) => `${groups.join(', ')} on ${id}`).join('; ');
}

const REPLACED = [{ interface: '{interface}', groups: ['{group}'] }];
const BY_HAND = 'Give the interface the groups that it needs by hand.';

export const ISOLATION_DOCS: ReasonDocs<IsolationReason> = {
  isolated: { example: { interfaces: REPLACED, group: ['{group}'] }, remedy: 'Undo closing gives the groups back.' },
  'isolated-already': { example: { group: ['{group}'] }, remedy: '' },
  'isolation-before-unknown': { example: { interfaces: ['{interface}'] }, remedy: BY_HAND },
  'isolating-group-emptied': {
    example: { group: '{group}', rules: ['{rule}'] },
    remedy: 'For access to an isolated instance use a group of its own.',
  },
  'tracked-connections-survive': { example: {}, remedy: '[How to cut them](isolation.md).' },
  'auto-scaling-may-replace': { example: { group: '{group}' }, remedy: 'Detach the instance from the group.' },
  'other-interfaces-stay': { example: { instance: '{instance}' }, remedy: 'Isolate the instance where all should go.' },
  'isolation-not-configured': { example: {}, remedy: 'Write `isolation` into portcullis.yaml, and deploy.' },
  'isolation-guarded': { example: { tag: '{tag}', on: '{id}' }, remedy: 'Ask its owner to take the tag away.' },
  'isolation-without-interfaces': { example: { id: '{id}' }, remedy: '' },
  'isolation-interface-managed': {
    example: { id: '{interface}', by: '{service}' },
    remedy: 'Use what the service itself offers.',
  },
  'isolating-group-of-others': { example: { name: '{name}', id: '{group}' }, remedy: 'Rename or remove the group.' },
  'isolation-target-gone': { example: {}, remedy: '' },
  'isolation-not-stored': { example: { cause: '{cause}' }, remedy: 'When the cause is gone, choose it again.' },
  'isolation-call-failed': { example: { cause: '{cause}' }, remedy: 'When the cause is gone, choose it again.' },
  'isolation-not-shown': { example: { call: '{call}' }, remedy: 'Look at the interfaces, and choose it again.' },
  'isolation-kept-changing': { example: {}, remedy: 'Find out who does, and choose it again.' },
  'interfaces-not-isolated': { example: { interfaces: ['{interface}'] }, remedy: '' },
  'isolated-interface-gone': { example: { interface: '{interface}' }, remedy: '' },
  'recorded-groups-gone': { example: { interface: '{interface}', groups: ['{group}'] }, remedy: BY_HAND },
  'isolated-groups-changed': { example: { interface: '{interface}', now: ['{group}'] }, remedy: BY_HAND },
  'groups-restored': { example: { interfaces: REPLACED }, remedy: '' },
  'groups-as-recorded': { example: {}, remedy: '' },
  'no-isolation-known': { example: {}, remedy: '' },
};
