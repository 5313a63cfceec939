import { parseOcsfFinding } from '../../../../src/core/findings/ocsf/parse-ocsf-finding';
import { toClosable } from '../../../../src/core/findings/ocsf/to-closable';
import type { Finding } from '../../../../src/core/findings/finding';
import { ocsf } from './ocsf-fixtures';

function closable(fields: Readonly<Record<string, unknown>> = {}): Finding {
  const parsed = parseOcsfFinding(ocsf(fields));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return toClosable(parsed.value);
}

test('a finding of V2 is closed like its face in CSPM', () => {
  expect(closable()).toMatchObject({ control: { id: 'EC2.13', parameters: [] }, problem: undefined });
});

test('what reports alone read does not go along', () => {
  expect(Object.keys(closable())).not.toEqual(expect.arrayContaining(['standards']));
});

test('EC2.18, whose parameters V2 does not show, has no control, and says what would help', () => {
  expect(closable({ compliance: { control: 'EC2.18', status_id: 3 } })).toMatchObject({
    control: undefined,
    problem: expect.stringContaining('securityHub: both') as string,
  });
});

test('a comment of ours is a note of ours with its fields, and names the remediation that an undo goes by', () => {
  const comment = 'Closed. [Portcullis closed 2026-11-29T12:00:00Z rem-0123456789abcdef]';
  expect(closable({ comment })).toMatchObject({
    note: { text: 'Closed.', updatedBy: 'Portcullis', updatedAt: '2026-11-29T12:00:00Z' },
    portcullisOutcome: 'closed',
    portcullisRemediationId: 'rem-0123456789abcdef',
  });
});
