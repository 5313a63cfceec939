import { ASK_DOCS, renderAskReason, type AskReason } from '../../../src/core/reasons/ask-reasons';
import { testReasonTexts, type ReasonTable } from './reason-table';

const ENTRY = 'entry 100 allow every protocol from 0.0.0.0/0';

const TABLE: ReasonTable<AskReason> = [
  [
    { code: 'not-about-security-groups', control: 'EC2.21' },
    'EC2.21 is about network ACLs and says nothing about a security group.',
  ],
  [
    { code: 'not-about-network-acls', control: 'EC2.13' },
    'EC2.13 is about security groups and says nothing about a network ACL.',
  ],
  [
    { code: 'not-a-default-group', control: 'EC2.2', name: 'web' },
    'EC2.2 is about default security groups, and this one is named "web".',
  ],
  [
    { code: 'parameter-unreadable', control: 'EC2.18', parameter: 'authorizedTcpPorts', value: '443-80' },
    'EC2.18\'s parameter authorizedTcpPorts holds "443-80"; write ports from 0 to 65535 or ranges such as 1020-1025.',
  ],
  [
    { code: 'prefix-list-unreadable', rule: 'tcp 22 from pl-1 (sgr-1)' },
    'The prefix list of tcp 22 from pl-1 (sgr-1) could not be read; it may be open to the internet.',
  ],
  [
    { code: 'prefix-list-holds-others', rule: 'tcp 22 from pl-1', open: ['0.0.0.0/0'], others: 1 },
    "tcp 22 from pl-1 is open through 0.0.0.0/0 in the prefix list, and revoking it would also cut off the list's one " +
      'other entry; take 0.0.0.0/0 out of the list, or set expandPrefixLists: true.',
  ],
  [
    {
      code: 'prefix-list-holds-others',
      rule: 'tcp 22 from pl-1',
      open: ['1.0.0.0/8', '2.0.0.0/8', '3.0.0.0/8', '4.0.0.0/8', '5.0.0.0/8', '6.0.0.0/8', '7.0.0.0/8'],
      others: 2,
    },
    'tcp 22 from pl-1 is open through 1.0.0.0/8, 2.0.0.0/8, 3.0.0.0/8, 4.0.0.0/8, 5.0.0.0/8 and 2 more in the prefix ' +
      "list, and revoking it would also cut off the list's 2 other entries; take 1.0.0.0/8, 2.0.0.0/8, 3.0.0.0/8, " +
      '4.0.0.0/8, 5.0.0.0/8 and 2 more out of the list, or set expandPrefixLists: true.',
  ],
  [
    { code: 'trusted-sources-missing' },
    'The strategy restrict needs trustedSources in the policy: without them it would close everything.',
  ],
  [
    { code: 'trusted-sources-cover-internet' },
    'The trustedSources of the policy cover the internet, together or with what stays: restricting to them would close ' +
      'nothing.',
  ],
  [
    { code: 'default-group-in-use', controls: ['EC2.2'], interfaces: 1, interfaceIds: ['eni-1'] },
    'EC2.2 forbids every rule of the default group, and 1 network interface uses it (eni-1): emptying it cuts off all ' +
      'their traffic; give them groups of their own first.',
  ],
  [
    { code: 'default-group-in-use', controls: ['EC2.2'], interfaces: 4, interfaceIds: ['eni-1', 'eni-2', 'eni-3'] },
    'EC2.2 forbids every rule of the default group, and 4 network interfaces use it (eni-1, eni-2, eni-3, …): emptying ' +
      'it cuts off all their traffic; give them groups of their own first.',
  ],
  [
    { code: 'rule-quota-short', family: 'ipv4', needed: 1, held: 60, quota: 60 },
    'Keeping what may stay open needs 1 more IPv4 ingress rule beside the 60 that the group holds, and its quota is 60; ' +
      'remove rules, raise the quota, or use the strategy revoke.',
  ],
  [
    { code: 'rule-quota-short', family: 'ipv6', needed: 2, held: 59, quota: 60 },
    'Keeping what may stay open needs 2 more IPv6 ingress rules beside the 59 that the group holds, and its quota is ' +
      '60; remove rules, raise the quota, or use the strategy revoke.',
  ],
  [
    { code: 'entry-quota-short', entry: ENTRY, family: 'ipv4', needed: 1, held: 20, quota: 20, canBeRaised: true },
    `Leaving everything else of ${ENTRY} open needs 1 more entry beside the 20 that the network ACL holds inbound for ` +
      'IPv4, and its quota is 20; remove entries, or have the quota raised and set policy.networkAclEntryQuota to 21 or ' +
      'more.',
  ],
  [
    { code: 'entry-quota-short', entry: ENTRY, family: 'ipv6', needed: 4, held: 38, quota: 40, canBeRaised: false },
    `Leaving everything else of ${ENTRY} open needs 4 more entries beside the 38 that the network ACL holds inbound for ` +
      'IPv6, and its quota is 40; remove entries.',
  ],
  [
    { code: 'entries-refused', entry: ENTRY, needed: 2, held: 18 },
    `Leaving everything else of ${ENTRY} open needs 2 more entries, and EC2 refuses more than the 18 entries that the ` +
      'network ACL holds inbound; remove entries, or have the quota of rules a network ACL raised.',
  ],
  [
    { code: 'rule-numbers-short', entry: ENTRY, needed: 3, free: 1 },
    `Leaving everything else of ${ENTRY} open needs 3 more entries, and rule numbers between the DENY entries around it ` +
      'are free for 1; renumber the entries around it.',
  ],
  [
    { code: 'too-many-calls', calls: 601, most: 600 },
    'Closing it takes 601 calls, and one remediation makes 600 at the most: remove rules by hand, and choose Close ' +
      'ingress again.',
  ],
];

testReasonTexts(TABLE, renderAskReason, ASK_DOCS);
