import { REMARK_DOCS, renderRemark, type RemarkReason } from '../../../src/core/reasons/remark-reasons';
import { testReasonTexts, type ReasonTable } from './reason-table';

const TABLE: ReasonTable<RemarkReason> = [
  [
    {
      code: 'control-would-object',
      control: 'EC2.18',
      byDefaultParameters: true,
      rules: ['tcp 22 from ::/0', 'tcp 23'],
    },
    'EC2.18, which is not requested, would object with its default parameters to tcp 22 from ::/0; tcp 23.',
  ],
  [
    { code: 'control-would-object', control: 'EC2.54', byDefaultParameters: false, rules: ['tcp 22 from ::/0'] },
    'EC2.54, which is not requested, would object to tcp 22 from ::/0.',
  ],
  [
    { code: 'group-name-unknown', controls: ['EC2.2'] },
    'The name of the group is not known here: EC2.2 is about groups named default, and no others.',
  ],
  [
    { code: 'use-of-group-unknown' },
    'Whether network interfaces use the group is not known here: while any does, emptying it is asked about first.',
  ],
  [
    { code: 'default-network-acl' },
    'It is the default network ACL of its VPC, which no control looks at and Portcullis leaves alone; give the subnets a ' +
      'network ACL of their own.',
  ],
  [
    { code: 'protocol-given-up', traffic: 'protocol 47', source: '0.0.0.0/0', ruleNumber: 100 },
    'protocol 47 from 0.0.0.0/0 is given up, for want of room beside the rest of entry 100: the last that ' +
      'policy.keepProtocols lists goes first.',
  ],
  [
    { code: 'no-control-about-target', target: 'a network ACL', controls: ['EC2.2'] },
    'It is a network ACL, and EC2.2 says nothing about those.',
  ],
  [
    { code: 'no-control-about-target', target: 'a security group', controls: ['EC2.2', 'EC2.21'] },
    'It is a security group, and EC2.2, EC2.21 say nothing about those.',
  ],
];

testReasonTexts(TABLE, renderRemark, REMARK_DOCS);
