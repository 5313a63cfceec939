import { renderStory } from '../../../src/cli/show/render-story';
import { colorsFor } from '../../../src/cli/terminal';
import type { RemediationRecord, RunbookRunRecord } from '../../../src/core/ledger/remediation-record';
import type { NetworkAclEntry } from '../../../src/core/network/network-acl';
import { changedRulesOf } from '../../../src/core/reporting/changed-rules';
import { toFindingUpdate } from '../../../src/core/updates/to-finding-update';
import { TARGET } from '../../flow/in-memory-ports';

const entry = (RuleNumber: number, From: number, To: number): NetworkAclEntry => ({
  RuleNumber,
  Protocol: '6',
  RuleAction: 'allow',
  Egress: false,
  CidrBlock: '0.0.0.0/0',
  PortRange: { From, To },
});

const run: RunbookRunRecord = {
  runId: 'rem-0123456789abcdef/1.0',
  step: { call: 'ReplaceNetworkAclEntry', rules: [entry(100, 23, 1024)] },
  startedAt: '2026-11-11T00:00:20Z',
  // Somebody narrowed the entry under the first plan: this is what the second plan replaced.
  replaced: entry(100, 0, 1024),
  end: 'effect-seen',
};

const record: RemediationRecord = {
  remediationId: 'rem-0123456789abcdef',
  target: { ...TARGET, kind: 'network-acl', id: 'acl-0123456789abcdef0' },
  action: 'close',
  trigger: 'custom-action',
  decidedBy: 'somebody',
  findings: [],
  startedAt: '2026-11-11T00:00:00Z',
  finishedAt: '2026-11-11T00:00:30Z',
  outcome: 'closed',
  before: {
    kind: 'network-acl',
    id: 'acl-0123456789abcdef0',
    isDefault: false,
    tags: [],
    entries: [entry(100, 0, 65_535)],
  },
  runs: [run],
};

const GONE = 'entry 100 tcp 0-1024 from 0.0.0.0/0';

test('after a second plan the note, the report and show name the same replaced entry', () => {
  expect(toFindingUpdate(record).note).toContain(GONE);
  expect(changedRulesOf(record).removed.map(({ words }) => words)).toEqual([GONE]);
  expect(renderStory(record, [], colorsFor({}))).toContain(`replace ${GONE} by `);
});
