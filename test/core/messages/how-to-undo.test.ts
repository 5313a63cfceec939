import { howToUndo } from '../../../src/core/messages/how-to-undo';
import { NOTICE_KINDS } from '../../../src/core/messages/notice-kinds';
import { parseNotice } from '../../../src/core/messages/parse-notice';
import { busEvent } from '../../end-to-end/channels/bus-event';

const FINDING = 'arn:aws:securityhub:us-east-1:222222222222:security-control/EC2.13/finding/1';
const DETAIL = {
  findingIds: [FINDING],
  exceptions: [{ exceptionId: 'exc-0123456789abcdef' }, { exceptionId: 'exc-fedcba9876543210' }],
  grant: { grantId: 'grt-0123456789abcdef', reason: 'r', by: 'alice', until: '2026-12-01T12:00:00.000Z' },
};

function undoOf(kind: string, detail: Readonly<Record<string, unknown>> = {}) {
  const parsed = parseNotice(JSON.stringify(busEvent(kind, { ...DETAIL, ...detail })));
  if (!parsed.ok) throw new Error(parsed.error);
  return howToUndo(parsed.value);
}

test('every message about something that was done says by which command it is taken back', () => {
  const said = NOTICE_KINDS.flatMap((kind) => {
    const undo = undoOf(kind);
    return undo === undefined ? [] : [[kind, undo] as const];
  });
  expect(Object.fromEntries(said)).toEqual({
    'Ingress Closed': 'portcullis undo rem-0123456789abcdef',
    'Target Isolated': 'portcullis undo rem-0123456789abcdef',
    'Closing Undone': `portcullis remediate ${FINDING}`,
    'Decision Made': `portcullis remediate ${FINDING}`,
    'Risk Accepted': 'portcullis exceptions end exc-0123456789abcdef; portcullis exceptions end exc-fedcba9876543210',
    'Access Granted': 'portcullis grants end grt-0123456789abcdef',
    'Brake Engaged': 'portcullis brake release',
    'Brake Released': 'portcullis brake engage',
  });
});

test.each([
  ['what was excepted in a closing is no closing to take back', 'Ingress Closed', { action: 'accept' }],
  ['an id that a shell would carry out', 'Decision Made', { findingIds: ['$(curl evil)', 'a; rm -rf /', '-x'] }],
  ['an exception whose id is none', 'Risk Accepted', { exceptions: [{ exceptionId: 'exc-1; reboot' }] }],
  ['no exception', 'Risk Accepted', { exceptions: undefined }],
])('%s: nothing is said', (_what, kind, detail) => {
  expect(undoOf(kind, detail)).toBeUndefined();
});
