import { because } from '../../../src/core/reasons/because';
import { ISOLATION_DOCS, type IsolationReason } from '../../../src/core/reasons/isolation-reasons';
import { testReasonTexts, type ReasonTable } from './reason-table';

const REPLACED = [
  { interface: 'eni-1', groups: ['sg-1', 'sg-2'] },
  { interface: 'eni-2', groups: ['sg-3'] },
];
const [ONE = { interface: '', groups: [] }] = REPLACED;

const TABLE: ReasonTable<IsolationReason> = [
  [
    { code: 'isolated', interfaces: REPLACED, group: ['sg-9'] },
    'Read back: only sg-9, which is empty, is left in place of sg-1, sg-2 on eni-1; sg-3 on eni-2.',
  ],
  [{ code: 'isolated', interfaces: [], group: ['sg-9'] }, 'Read back: only sg-9, which is empty, is left.'],
  [{ code: 'isolated-already', group: ['sg-9'] }, 'It was isolated already, by sg-9: nothing was changed.'],
  [
    { code: 'isolation-before-unknown', interfaces: ['eni-1'] },
    'What eni-1 had before is not known: somebody else isolated it, and an undo leaves it so.',
  ],
  [
    { code: 'isolating-group-emptied', group: 'sg-9', rules: ['tcp 22 from 198.51.100.7/32'] },
    'sg-9 had rules, which were revoked: tcp 22 from 198.51.100.7/32.',
  ],
  [{ code: 'tracked-connections-survive' }, 'Tracked connections that are open go on until they end.'],
  [
    { code: 'auto-scaling-may-replace', group: 'web' },
    'Its Auto Scaling group web may find it unhealthy and terminate it: detach it, or put it into standby.',
  ],
  [{ code: 'other-interfaces-stay', instance: 'i-1' }, 'Other interfaces of i-1 are as they were.'],
  [{ code: 'isolation-not-configured' }, 'portcullis.yaml has no isolation, so that nothing is isolated.'],
  [
    { code: 'isolation-guarded', tag: 'portcullis:isolate', on: 'i-1' },
    'i-1 has the tag portcullis:isolate = deny, which forbids it: nothing was changed.',
  ],
  [{ code: 'isolation-without-interfaces', id: 'i-1' }, 'i-1 has no network interface: nothing was changed.'],
  [
    { code: 'isolation-interface-managed', id: 'eni-1', by: 'amazon-elb' },
    'eni-1 is managed by amazon-elb, which alone may change its groups: nothing was changed.',
  ],
  [
    { code: 'isolating-group-of-others', name: 'Portcullis-Isolation', id: 'sg-8' },
    'sg-8 has the name Portcullis-Isolation and is not made by Portcullis: nothing was changed. Rename or remove it.',
  ],
  [{ code: 'isolation-target-gone' }, 'It does not exist any more: nothing was changed.'],
  [
    { code: 'isolation-not-stored', cause: 'No.' },
    'What was there before could not be written down, so that it goes no further: No.',
  ],
  [{ code: 'isolation-call-failed', cause: 'No.' }, 'No.'],
  [
    { code: 'isolation-not-shown', call: 'ModifyNetworkInterfaceAttribute' },
    'ModifyNetworkInterfaceAttribute was started, and its effect did not show in time.',
  ],
  [{ code: 'isolation-kept-changing' }, 'Somebody kept changing the groups meanwhile.'],
  [{ code: 'interfaces-not-isolated', interfaces: ['eni-1', 'eni-2'] }, 'Not isolated: eni-1, eni-2.'],
  [{ code: 'isolated-interface-gone', interface: 'eni-1' }, 'eni-1 is not there any more.'],
  [{ code: 'recorded-groups-gone', interface: 'eni-1', groups: ['sg-1'] }, 'sg-1 of eni-1 does not exist any more.'],
  [
    { code: 'recorded-groups-gone', interface: 'eni-1', groups: ['sg-1', 'sg-2'] },
    'sg-1, sg-2 of eni-1 do not exist any more.',
  ],
  [
    { code: 'isolated-groups-changed', interface: 'eni-1', now: ['sg-5'] },
    'eni-1 was left alone: somebody gave it sg-5 since.',
  ],
  [{ code: 'groups-restored', interfaces: [ONE] }, 'Read back: sg-1, sg-2 on eni-1 is there again.'],
  [{ code: 'groups-restored', interfaces: REPLACED }, 'Read back: sg-1, sg-2 on eni-1; sg-3 on eni-2 are there again.'],
  [{ code: 'groups-as-recorded' }, 'Every interface has the groups that it had before.'],
  [{ code: 'no-isolation-known' }, 'The ledger holds no isolation of it that is not undone.'],
];

testReasonTexts(TABLE, (reason) => because(reason).reason, ISOLATION_DOCS);
