import { parseOcsfFinding, type OcsfFinding } from '../../../../src/core/findings/ocsf/parse-ocsf-finding';
import { parseFinding } from '../../../../src/core/findings/parse-finding';
import { asff } from '../../reporting/report-fixtures';
import { ocsf } from './ocsf-fixtures';

function parsed(fields: Readonly<Record<string, unknown>> = {}): OcsfFinding {
  const result = parseOcsfFinding(ocsf(fields));
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const ARN = 'arn:aws:ec2:eu-central-1:222222222222:security-group/sg-0123456789abcdef0';
const TYPE = 'AWS::EC2::SecurityGroup';

test('a finding has the ids, the control and the target of its other face in ASFF', () => {
  const other = parseFinding(asff());
  if (!other.ok) throw new Error(other.error.message);
  const { id, productArn, target, compliance, workflow, recordState, severity, firstObservedAt } = other.value;
  expect(parsed()).toMatchObject({
    id,
    productArn,
    target,
    compliance,
    workflow,
    recordState,
    severity,
    firstObservedAt,
  });
  expect(parsed().control?.id).toBe('EC2.13');
});

test.each([
  ['the ARN in uid_alt', { type: TYPE, uid: 'sg-0123456789abcdef0', uid_alt: ARN }],
  ['the ARN in uid', { type: TYPE, uid: ARN }],
  ['the ARN in uid and the id in uid_alt', { type: TYPE, uid: ARN, uid_alt: 'sg-0123456789abcdef0' }],
  ['the id alone', { type: TYPE, uid: 'sg-0123456789abcdef0' }],
])('a resource is found by %s', (_how, resource) => {
  expect(parsed({ resources: [resource] }).target?.id).toBe('sg-0123456789abcdef0');
});

test.each([
  [{ status_id: 1 }, 'NEW', 'ACTIVE'],
  [{ status_id: 2 }, 'NOTIFIED', 'ACTIVE'],
  [{ status_id: 3 }, 'SUPPRESSED', 'ACTIVE'],
  [{ status_id: 4 }, 'RESOLVED', 'ACTIVE'],
  [{ status_id: 5 }, 'NEW', 'ARCHIVED'],
  [{ activity_id: 3 }, 'NEW', 'ARCHIVED'],
])('%j is %s and %s', (fields, workflow, recordState) => {
  expect(parsed(fields)).toMatchObject({ workflow, recordState });
});

test.each(['1.5.0', '1.9.0', '7.0.0'])('version %s of OCSF is read like any other', (version) => {
  expect(parsed({ metadata: { ...(ocsf()['metadata'] as object), version } }).control?.id).toBe('EC2.13');
});

test('a finding of a resource in another account than its own has no target, and says why', () => {
  const uid = ARN.replace('222222222222', '333333333333');
  expect(parsed({ resources: [{ type: TYPE, uid }] })).toMatchObject({
    target: undefined,
    problem: expect.stringContaining('of account 333333333333') as string,
  });
});

test.each([
  ['finding_info', 'finding_info.uid'],
  ['metadata', 'metadata.product.uid'],
  ['cloud', 'cloud.account.uid'],
])('without %s it is no finding, and %s is what is missing', (member, field) => {
  expect(parseOcsfFinding(ocsf({ [member]: null }))).toEqual({
    ok: false,
    error: { field, value: undefined, message: 'is missing' },
  });
});

test.each([null, 7, 'x', [], { class_uid: 2003, finding_info: 'x' }])('%j is no finding', (raw) => {
  expect(parseOcsfFinding(raw).ok).toBe(false);
});
