import { parseFindingsEvent } from '../../../src/core/findings/parse-findings-event';
import { asffFinding } from './asff-finding';
import { ocsf } from './ocsf/ocsf-fixtures';

const EVENT_ID = '5d7ac1f0-0f1c-4f3a-8f0e-0d8f3c7f3d11';
const ACTION = 'arn:aws:securityhub:eu-central-1:111111111111:action/custom/PortcullisClose';

const KEY = {
  id: 'arn:aws:securityhub:eu-central-1:222222222222:security-control/EC2.13/finding/0c6b8a52',
  productArn: 'arn:aws:securityhub:eu-central-1::product/aws/securityhub',
};

function event(detailType: string, detail: object, change: object = {}): object {
  return {
    version: '0',
    id: EVENT_ID,
    'detail-type': detailType,
    source: 'aws.securityhub',
    account: '111111111111',
    region: 'eu-central-1',
    resources: [ACTION],
    detail,
    ...change,
  };
}

const clicked = (findings: unknown, change: object = {}) =>
  event(
    'Security Hub Findings - Custom Action',
    { actionName: 'Close ingress', actionDescription: '', findings },
    change,
  );

describe('parseFindingsEvent', () => {
  test('reads a click on a custom action', () => {
    expect(parseFindingsEvent(clicked([asffFinding()]))).toEqual({
      ok: true,
      value: {
        trigger: 'custom-action',
        eventId: EVENT_ID,
        actionArn: ACTION,
        actionName: 'Close ingress',
        findings: [KEY],
      },
    });
  });

  test('reads several findings in one event', () => {
    const parsed = parseFindingsEvent(clicked([asffFinding(), asffFinding({ Id: 'second' })]));
    expect(parsed).toMatchObject({ ok: true, value: { findings: [KEY, { ...KEY, id: 'second' }] } });
  });

  test('reads an import', () => {
    const imported = event('Security Hub Findings - Imported', { findings: [asffFinding()] });
    expect(parseFindingsEvent(imported)).toEqual({
      ok: true,
      value: { trigger: 'imported', eventId: EVENT_ID, findings: [KEY] },
    });
  });

  test('believes nothing but the names of the findings', () => {
    const parsed = parseFindingsEvent(clicked([{ Id: 'x', ProductArn: 'y', Workflow: 'nonsense' }]));
    expect(parsed).toMatchObject({ ok: true, value: { findings: [{ id: 'x', productArn: 'y' }] } });
  });

  test.each<[string, unknown, string, string]>([
    [
      'insight results',
      event('Security Hub Insight Results', { insightResults: [{ a: 1 }] }),
      'detail-type',
      'no findings',
    ],
    ['another event', event('Security Hub Something', {}), 'detail-type', 'is no event about findings'],
    ['another source', clicked([asffFinding()], { source: 'aws.ec2' }), 'source', 'is not aws.securityhub'],
    ['no detail', clicked([asffFinding()], { detail: undefined }), 'detail', 'is missing'],
    ['no findings', clicked([]), 'detail.findings', 'holds no finding'],
    ['findings that are no list', clicked('all'), 'detail.findings', ''],
    ['a finding without an id', clicked([asffFinding({ Id: undefined })]), 'detail.findings[0].Id', 'is missing'],
    ['a click without an action', clicked([asffFinding()], { resources: [] }), 'resources[0]', 'is missing'],
    ['a text', 'event', '', ''],
    ['nothing', null, '', ''],
  ])('refuses %s and says why', (_what, input, field, message) => {
    const parsed = parseFindingsEvent(input);
    expect(parsed).toMatchObject({ ok: false, error: { field, message: expect.stringContaining(message) as unknown } });
  });
});

describe('Findings Imported V2', () => {
  const imported = (findings: unknown) => event('Findings Imported V2', { findings }, { resources: ['1d24e917'] });
  const coverage = ocsf({ compliance: { status: 'Fail', status_id: 3 } });

  test('is the import of a finding by the ids that it has in ASFF', () => {
    expect(parseFindingsEvent(imported([ocsf()]))).toEqual({
      ok: true,
      value: {
        trigger: 'imported',
        eventId: EVENT_ID,
        findings: [{ id: 'finding-1', productArn: KEY.productArn }],
      },
    });
  });

  test('leaves out findings of coverage, which are of no control', () => {
    expect(parseFindingsEvent(imported([coverage, ocsf()]))).toMatchObject({
      ok: true,
      value: { findings: [{ id: 'finding-1' }] },
    });
  });

  test.each([
    { of: 'coverage alone', findings: [coverage], field: 'detail.findings' },
    { of: 'another class', findings: [ocsf({ class_uid: 2004 })], field: 'detail.findings' },
    { of: 'nothing', findings: [], field: 'detail.findings' },
    { of: 'no list', findings: ocsf(), field: 'detail.findings' },
    { of: 'no id', findings: [ocsf({ finding_info: {} })], field: 'detail.findings[0].finding_info.uid' },
    {
      of: 'a blank id',
      findings: [ocsf({ finding_info: { uid: ' ' } })],
      field: 'detail.findings[0].finding_info.uid',
    },
    {
      of: 'an id of 513 characters',
      findings: [ocsf({ finding_info: { uid: 'x'.repeat(513) } })],
      field: 'detail.findings[0].finding_info.uid',
    },
    { of: 'no product', findings: [ocsf({ metadata: {} })], field: 'detail.findings[0].metadata.product.uid' },
    { of: '101 findings', findings: Array(101).fill(ocsf()), field: 'detail.findings' },
    { of: 'null', findings: [null], field: 'detail.findings' },
  ])('of $of is not understood, and says where', ({ findings, field }) => {
    expect(parseFindingsEvent(imported(findings))).toMatchObject({ ok: false, error: { field } });
  });
});
