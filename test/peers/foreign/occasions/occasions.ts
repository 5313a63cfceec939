import type { Occasion } from './occasion';
import { openDefaultGroup, openGroup, openGroupWithList, openNetworkAcl, SSH_FROM_ANYWHERE } from './resources';

const OUT = 'out all traffic from 0.0.0.0/0';
const OPEN = 'in tcp 22 from 0.0.0.0/0';

/** Together with the scenarios they need every action that the templates grant, but for those in `not-missed.ts`. */
export const OCCASIONS: readonly Occasion[] = [
  {
    name: 'a prefix list beside the open rule',
    kind: 'security-group',
    control: 'EC2.13',
    open: openGroupWithList,
    expected: { workflow: 'RESOLVED', outcome: 'closed', left: [OUT, 'in tcp 22 from a prefix list'] },
  },
  {
    name: 'a default group emptied, and taken back',
    kind: 'security-group',
    control: 'EC2.2',
    open: (ec2) => openDefaultGroup(ec2, [SSH_FROM_ANYWHERE]),
    presses: ['Close ingress', 'Undo closing'],
    expected: { workflow: 'NEW', outcome: 'undone', left: [OPEN, OUT] },
  },
  {
    name: 'a network ACL rewritten, and taken back',
    kind: 'network-acl',
    control: 'EC2.21',
    open: openNetworkAcl,
    presses: ['Close ingress', 'Undo closing'],
    expected: { workflow: 'NEW', outcome: 'undone', left: ['100 tcp 0-65535 from 0.0.0.0/0'] },
  },
  {
    name: 'a rule with tags closed, and taken back',
    kind: 'security-group',
    control: 'EC2.13',
    open: (ec2) => openGroup(ec2, [SSH_FROM_ANYWHERE], [{ Key: 'owner', Value: 'web' }]),
    presses: ['Close ingress', 'Undo closing'],
    expected: { workflow: 'NEW', outcome: 'undone', left: [`${OPEN} owner=web`, OUT] },
  },
  {
    name: 'a finding of a control that Portcullis does not know',
    kind: 'security-group',
    control: 'EC2.13',
    finding: { GeneratorId: 'prowler-another-check', Compliance: { Status: 'FAILED' } },
    open: (ec2) => openGroup(ec2, [SSH_FROM_ANYWHERE]),
    expected: { workflow: 'NOTIFIED', outcome: 'failed', left: [OPEN, OUT] },
  },
  {
    name: 'the answer of the ledger gets lost, so that the request is written again',
    kind: 'security-group',
    control: 'EC2.13',
    fault: { kind: 'lost-response', service: 'dynamodb', operation: 'PutItem', times: 1 },
    open: (ec2) => openGroup(ec2, [SSH_FROM_ANYWHERE]),
    expected: { workflow: 'RESOLVED', outcome: 'closed', left: [OUT] },
  },
  {
    name: 'the runbook may not revoke',
    kind: 'security-group',
    control: 'EC2.13',
    fault: { kind: 'deny', service: 'ec2', operation: 'RevokeSecurityGroupIngress' },
    open: (ec2) => openGroup(ec2, [SSH_FROM_ANYWHERE]),
    expected: { workflow: 'NOTIFIED', outcome: 'failed', left: [OPEN, OUT] },
  },
];
