import type { Finding } from '../../../../src/core/findings/finding';
import { mergeFaces } from '../../../../src/core/findings/ocsf/merge-faces';
import { isLifted } from '../../../../src/core/exceptions/is-lifted';

type Workflow = Finding['workflow'];

interface Face {
  readonly is: Workflow;
  readonly outcome?: string;
  /** The minute of our note; missing where somebody else wrote last, or nobody. */
  readonly at?: number;
}

function face({ is, outcome, at }: Face): Finding {
  return {
    id: 'finding-1',
    productArn: 'arn:aws:securityhub:eu-central-1::product/aws/securityhub',
    account: '222222222222',
    region: 'eu-central-1',
    title: 'open',
    control: { id: 'EC2.18', parameters: [] },
    target: undefined,
    problem: undefined,
    compliance: 'FAILED',
    workflow: is,
    recordState: 'ACTIVE',
    severity: 'HIGH',
    firstObservedAt: undefined,
    note:
      at === undefined
        ? undefined
        : { text: 'ours', updatedBy: 'Portcullis', updatedAt: new Date(at * 60_000).toISOString() },
    ...(outcome === undefined ? {} : { portcullisOutcome: outcome }),
  };
}

const WORKFLOWS: readonly Workflow[] = ['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED'];

test.each<{ why: string; cspm: Face; v2: Face; counts: Workflow }>([
  { why: 'nobody wrote: the earlier status', cspm: { is: 'RESOLVED' }, v2: { is: 'NEW' }, counts: 'NEW' },
  { why: 'nobody wrote: the earlier status', cspm: { is: 'NEW' }, v2: { is: 'RESOLVED' }, counts: 'NEW' },
  { why: 'nobody wrote: the earlier status', cspm: { is: 'NOTIFIED' }, v2: { is: 'RESOLVED' }, counts: 'NOTIFIED' },
  { why: 'somebody suppressed one', cspm: { is: 'SUPPRESSED' }, v2: { is: 'NEW' }, counts: 'SUPPRESSED' },
  { why: 'somebody suppressed the other', cspm: { is: 'NEW' }, v2: { is: 'SUPPRESSED' }, counts: 'SUPPRESSED' },
  {
    why: 'V2 does not show yet what we wrote',
    cspm: { is: 'RESOLVED', outcome: 'closed', at: 1 },
    v2: { is: 'NEW' },
    counts: 'RESOLVED',
  },
  {
    why: 'CSPM does not show yet what we wrote',
    cspm: { is: 'NEW' },
    v2: { is: 'RESOLVED', outcome: 'closed', at: 1 },
    counts: 'RESOLVED',
  },
  {
    why: 'V2 still shows what we wrote before',
    cspm: { is: 'NEW', outcome: 'exception-ended', at: 9 },
    v2: { is: 'NOTIFIED', outcome: 'asked', at: 1 },
    counts: 'NEW',
  },
  {
    why: 'CSPM still shows what we wrote before',
    cspm: { is: 'NOTIFIED', outcome: 'asked', at: 1 },
    v2: { is: 'RESOLVED', outcome: 'closed', at: 9 },
    counts: 'RESOLVED',
  },
  {
    why: 'both were updated in the same way, and CSPM has failed again since',
    cspm: { is: 'NEW', outcome: 'closed', at: 1 },
    v2: { is: 'RESOLVED', outcome: 'closed', at: 1 },
    counts: 'NEW',
  },
  {
    why: 'both were updated in the same way, and somebody took V2 back',
    cspm: { is: 'RESOLVED', outcome: 'closed', at: 1 },
    v2: { is: 'NEW', outcome: 'closed', at: 1 },
    counts: 'NEW',
  },
  {
    why: 'which was updated last cannot be seen: the earlier status',
    cspm: { is: 'RESOLVED', outcome: 'closed' },
    v2: { is: 'NOTIFIED', outcome: 'asked', at: 1 },
    counts: 'NOTIFIED',
  },
  {
    why: 'an exception is under way to be made: V2 is updated first',
    cspm: { is: 'NEW', outcome: 'asked', at: 1 },
    v2: { is: 'SUPPRESSED', outcome: 'excepted', at: 9 },
    counts: 'SUPPRESSED',
  },
  {
    why: 'an exception is under way to be ended: V2 is updated first',
    cspm: { is: 'SUPPRESSED', outcome: 'excepted', at: 1 },
    v2: { is: 'NEW', outcome: 'exception-ended', at: 9 },
    counts: 'SUPPRESSED',
  },
  {
    why: 'an exception was made while V2 could not be updated',
    cspm: { is: 'SUPPRESSED', outcome: 'excepted', at: 1 },
    v2: { is: 'NEW' },
    counts: 'SUPPRESSED',
  },
])('$why: CSPM $cspm.is, V2 $v2.is is $counts', ({ cspm, v2, counts }) => {
  const merged = mergeFaces(face(cspm), face(v2));
  expect(merged).toMatchObject({ workflow: counts, facesDiffer: true });
  expect(isLifted(merged)).toBe(false);
});

test.each<{ where: string; cspm: Workflow; v2: Workflow; to: Workflow }>([
  { where: 'V2', cspm: 'SUPPRESSED', v2: 'RESOLVED', to: 'RESOLVED' },
  { where: 'CSPM', cspm: 'NEW', v2: 'SUPPRESSED', to: 'NEW' },
])('somebody who takes an excepted finding out of SUPPRESSED in $where lifts it', ({ cspm, v2, to }) => {
  const merged = mergeFaces(
    face({ is: cspm, outcome: 'excepted', at: 1 }),
    face({ is: v2, outcome: 'excepted', at: 1 }),
  );
  expect(merged.workflow).toBe(to);
  expect(isLifted(merged)).toBe(true);
});

test.each(WORKFLOWS)('%s on both is that, and the faces do not differ', (is) => {
  const cspm = face({ is });
  expect(mergeFaces(cspm, face({ is, outcome: 'closed', at: 1 }))).toBe(cspm);
});

test('whatever the faces are, SUPPRESSED in one and NEW in the other is never closed by itself', () => {
  const outcomes = [undefined, 'closed', 'asked', 'undone'];
  for (const one of outcomes) {
    for (const other of outcomes) {
      for (const [cspm, v2] of [
        ['NEW', 'SUPPRESSED'],
        ['SUPPRESSED', 'NEW'],
      ] as const) {
        const faces = [
          face({ is: cspm, ...(one && { outcome: one, at: 1 }) }),
          { is: v2, ...(other && { outcome: other, at: 2 }) },
        ] as const;
        expect(mergeFaces(faces[0], face(faces[1])).workflow).toBe('SUPPRESSED');
      }
    }
  }
});
