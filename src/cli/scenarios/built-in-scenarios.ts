import type { Scenario } from './scenario';

const MEMBER = '222222222222';
const OTHER_MEMBER = '333333333333';
const HUB = '111111111111';
/** In the organization, but without the member stack. */
const ACCOUNT_WITHOUT_ROLES = '444444444444';

const ANYWHERE = '0.0.0.0/0';

/** What `npm start` plays, from the plainest case to the ones that must not end in RESOLVED. */
export const BUILT_IN_SCENARIOS: readonly Scenario[] = [
  {
    name: 'SSH open to the world, closed by hand',
    shows: 'Somebody selects the finding and chooses Close ingress; the office network keeps its rule.',
    trigger: 'custom-action',
    account: MEMBER,
    region: 'us-east-1',
    controls: ['EC2.13'],
    rules: [
      { protocol: 'tcp', from: 22, to: 22, source: ANYWHERE, description: 'temporary, for the migration' },
      { protocol: 'tcp', from: 22, to: 22, source: '10.0.0.0/8', description: 'office' },
      { protocol: 'tcp', from: 22, to: 22, source: '::/0' },
    ],
    expected: {
      workflow: 'RESOLVED',
      outcome: 'closed',
      openAfter: ['tcp 22 from 10.0.0.0/8'],
      noteMentions: ['tcp 22', ANYWHERE, '::/0'],
    },
  },
  {
    name: 'RDP open to the world, closed by itself',
    shows: 'EC2.14 is automatic in this configuration; an automation rule has made the finding CRITICAL on its way in.',
    trigger: 'automatic',
    account: OTHER_MEMBER,
    region: 'eu-central-1',
    controls: ['EC2.14'],
    rules: [{ protocol: 'tcp', from: 3389, to: 3389, source: ANYWHERE }],
    expected: {
      workflow: 'RESOLVED',
      outcome: 'closed',
      openAfter: [],
      severity: 'CRITICAL',
      noteMentions: ['tcp 3389'],
    },
  },
  {
    name: 'Four controls fail on one group',
    shows: 'Four findings are selected together and closed as one remediation.',
    trigger: 'custom-action',
    account: MEMBER,
    region: 'eu-central-1',
    controls: ['EC2.13', 'EC2.18', 'EC2.19', 'EC2.53'],
    rules: [
      { protocol: 'tcp', from: 22, to: 22, source: ANYWHERE },
      { protocol: 'tcp', from: 5432, to: 5432, source: ANYWHERE },
      { protocol: 'tcp', from: 443, to: 443, source: ANYWHERE, description: 'the web site' },
    ],
    expected: {
      workflow: 'RESOLVED',
      outcome: 'closed',
      openAfter: [`tcp 443 from ${ANYWHERE}`],
      noteMentions: ['tcp 22', 'tcp 5432', 'tcp 443'],
    },
  },
  {
    name: 'Every port open, the web site stays up',
    shows: '80 and 443 are authorized and seen before 0-65535 is revoked: no moment without them.',
    trigger: 'custom-action',
    account: HUB,
    region: 'eu-central-1',
    controls: ['EC2.13'],
    rules: [{ protocol: 'tcp', from: 0, to: 65535, source: ANYWHERE, description: 'let it work first' }],
    expected: {
      workflow: 'RESOLVED',
      outcome: 'closed',
      openAfter: [`tcp 80 from ${ANYWHERE}`, `tcp 443 from ${ANYWHERE}`],
      noteMentions: ['every tcp port', 'tcp 443'],
    },
  },
  {
    name: 'Somebody was faster',
    shows: 'The port is closed already: read back, nothing to do, and the finding says so.',
    trigger: 'custom-action',
    account: MEMBER,
    region: 'us-east-1',
    controls: ['EC2.13'],
    rules: [{ protocol: 'tcp', from: 22, to: 22, source: '203.0.113.0/24', description: 'partner' }],
    expected: {
      workflow: 'RESOLVED',
      outcome: 'already-closed',
      openAfter: ['tcp 22 from 203.0.113.0/24'],
      noteMentions: ['closed already'],
    },
  },
  {
    name: 'A network ACL rewritten',
    shows: 'The entry is replaced in place by what may stay, so that everything else keeps flowing; the others stay.',
    trigger: 'custom-action',
    account: MEMBER,
    region: 'eu-central-1',
    controls: ['EC2.21'],
    rules: [
      { protocol: 'tcp', from: 0, to: 65535, source: ANYWHERE },
      { protocol: 'tcp', from: 22, to: 22, source: '10.0.0.0/8' },
    ],
    expected: {
      workflow: 'RESOLVED',
      outcome: 'closed',
      openAfter: [
        `tcp 0-21 from ${ANYWHERE}`,
        `tcp 23-3388 from ${ANYWHERE}`,
        `tcp 3390-65535 from ${ANYWHERE}`,
        'tcp 22 from 10.0.0.0/8',
      ],
      noteMentions: ['entry 100 tcp 0-65535', 'tcp 23-3388'],
    },
  },
  {
    name: 'Looked at first',
    shows: 'Preview closing says what would go and what would stay; nothing is touched, the finding stays NEW.',
    trigger: 'custom-action',
    presses: ['Preview closing'],
    account: OTHER_MEMBER,
    region: 'us-east-1',
    controls: ['EC2.19'],
    rules: [{ protocol: 'tcp', from: 3306, to: 3306, source: ANYWHERE }],
    expected: {
      workflow: 'NEW',
      outcome: 'none',
      openAfter: [`tcp 3306 from ${ANYWHERE}`],
      noteMentions: ['Would be revoked', 'tcp 3306'],
    },
  },
  {
    name: 'Closed, and taken back',
    shows: 'Undo closing puts the rule back, and only what the closing took; the finding is NEW and says so.',
    trigger: 'custom-action',
    presses: ['Close ingress', 'Undo closing'],
    account: MEMBER,
    region: 'us-east-1',
    controls: ['EC2.13'],
    rules: [
      { protocol: 'tcp', from: 0, to: 1024, source: ANYWHERE, description: 'the vendor needs it until Friday' },
      { protocol: 'tcp', from: 22, to: 22, source: '10.0.0.0/8', description: 'office' },
    ],
    expected: {
      workflow: 'NEW',
      outcome: 'undone',
      openAfter: [`tcp 0-1024 from ${ANYWHERE}`, 'tcp 22 from 10.0.0.0/8'],
      noteMentions: ['undid closing', 'tcp 0-1024'],
    },
  },
  {
    name: 'Asked, and approved from a terminal',
    shows:
      'The brake is engaged, so that what closes by itself asks; an answer closes what was shown, and says who decided.',
    trigger: 'automatic',
    approved: true,
    account: OTHER_MEMBER,
    region: 'us-east-1',
    controls: ['EC2.14'],
    rules: [{ protocol: 'tcp', from: 3389, to: 3389, source: ANYWHERE }],
    expected: {
      workflow: 'RESOLVED',
      outcome: 'closed',
      openAfter: [],
      noteMentions: ['tcp 3389', 'Decided by: answer to qst-'],
    },
  },
  {
    name: 'An account without the roles',
    shows: 'Nothing can be read there, so nothing is called closed: NOTIFIED, with what is missing.',
    trigger: 'custom-action',
    account: ACCOUNT_WITHOUT_ROLES,
    region: 'us-east-1',
    controls: ['EC2.13'],
    rules: [{ protocol: 'tcp', from: 22, to: 22, source: ANYWHERE }],
    expected: {
      workflow: 'NOTIFIED',
      outcome: 'could-not-tell',
      openAfter: [`tcp 22 from ${ANYWHERE}`],
      noteMentions: [ACCOUNT_WITHOUT_ROLES],
    },
  },
];
