import { passesFilters, type ChannelFilters } from '../../../src/core/messages/channel-filters';
import type { Notice } from '../../../src/core/messages/notice';
import { ASKED, CLOSED, REOPENED, TESTED } from './notices';

const account = { known: true, value: { name: 'web', organizationalUnits: ['ou-ab12-cdef3456', 'r-ab12'] } };
const IN_UNIT: Notice = { ...CLOSED, context: { account } };
const DECIDED: Notice = {
  ...ASKED,
  remediation: ASKED.remediation && { ...ASKED.remediation, decision: { mode: 'ask', entry: 'e', reason: 'r' } },
};

test.each<[string, Notice, ChannelFilters, boolean]>([
  ['without filters', CLOSED, {}, true],
  ['of an event that is listed', CLOSED, { events: ['Ingress Closed'] }, true],
  ['of an event that is not', CLOSED, { events: ['Decision Needed'] }, false],
  ['as grave as is listed', CLOSED, { severities: ['HIGH'] }, true],
  ['less grave', CLOSED, { severities: ['CRITICAL'] }, false],
  ['that does not say how grave it is', REOPENED, { severities: ['CRITICAL'] }, true],
  ['of an account that is listed', CLOSED, { accounts: ['222222222222'] }, true],
  ['of another account', CLOSED, { accounts: ['333333333333'] }, false],
  ['of which one control is listed', { ...CLOSED, controls: ['EC2.13', 'EC2.18'] }, { controls: ['EC2.18'] }, true],
  ['of another control', CLOSED, { controls: ['EC2.18'] }, false],
  ['of which only one filter is met', CLOSED, { controls: ['EC2.13'], severities: ['LOW'] }, false],
  ['of a unit above its account', IN_UNIT, { organizationalUnits: ['ou-ab12-cdef3456'] }, true],
  ['of another unit', IN_UNIT, { organizationalUnits: ['ou-ab12-00000000'] }, false],
  ['of an account of which nobody knows where it is', CLOSED, { organizationalUnits: ['ou-ab12-00000000'] }, true],
  ['of a mode that is listed', DECIDED, { modes: ['ask'] }, true],
  ['of another mode', DECIDED, { modes: ['auto', 'notify'] }, false],
  ['about which nothing had to be decided', REOPENED, { modes: ['ask'] }, true],
  ['that is a test', TESTED, { events: ['Ingress Closed'], accounts: ['333333333333'], controls: ['EC2.2'] }, true],
])('a notice %s', (_what, notice, filters, passes) => {
  expect(passesFilters(notice, filters)).toBe(passes);
});
