import {
  renderViolationReason,
  VIOLATION_DOCS,
  type ViolationReason,
} from '../../../src/core/reasons/violation-reasons';
import { testReasonTexts, type ReasonTable } from './reason-table';

const TABLE: ReasonTable<ViolationReason> = [
  [
    {
      code: 'open-ports',
      traffic: 'tcp 20-25',
      source: '0.0.0.0/0',
      controls: ['EC2.13'],
      ports: { tcp: ['22'] },
    },
    'tcp 20-25 from 0.0.0.0/0 lets the internet reach tcp 22, which EC2.13 forbids.',
  ],
  [
    {
      code: 'open-ports',
      traffic: 'every protocol and port',
      source: 'pl-1',
      entries: ['0.0.0.0/0', '::/0'],
      entryCount: 3,
      controls: ['EC2.13', 'EC2.19', 'EC2.53'],
      ports: { tcp: ['20-23', '25', '110', '135', '143', '445'], udp: ['22'] },
    },
    'every protocol and port from pl-1 (holding 0.0.0.0/0, ::/0 and 1 more) lets the internet reach tcp 20-23, 25, 110, ' +
      '135, 143 and more and udp 22, which EC2.13, EC2.19 and EC2.53 forbid.',
  ],
  [
    { code: 'open-every-protocol', traffic: 'every protocol and port', source: '::/0', controls: ['EC2.18'] },
    'every protocol and port from ::/0 lets the internet reach every port over every protocol, which EC2.18 forbids.',
  ],
  [
    { code: 'open-together', traffic: 'tcp 22', source: '0.0.0.0/1', controls: ['EC2.13', 'EC2.18'] },
    'tcp 22 from 0.0.0.0/1 takes part in opening to the whole internet what EC2.13 and EC2.18 forbid.',
  ],
  [{ code: 'any-rule-forbidden', controls: ['EC2.2'] }, 'EC2.2 forbids any rule in a default security group.'],
  [
    {
      code: 'open-entry',
      ruleNumber: 100,
      protocols: ['tcp', 'udp'],
      ports: '22, 3389',
      source: '0.0.0.0/0',
      control: 'EC2.21',
    },
    'Entry 100 allows tcp and udp 22, 3389 from 0.0.0.0/0, which EC2.21 forbids.',
  ],
];

testReasonTexts(TABLE, renderViolationReason, VIOLATION_DOCS);
