import { reasonToSkip } from '../../../src/core/policy/reason-to-skip';

const NEW = { compliance: 'FAILED', recordState: 'ACTIVE', workflow: 'NEW' } as const;

const skipped: readonly {
  readonly name: string;
  readonly finding: Partial<Parameters<typeof reasonToSkip>[0]>;
  readonly automatic: object | undefined;
  readonly byPerson: object | undefined;
}[] = [
  { name: 'new and failed', finding: {}, automatic: undefined, byPerson: undefined },
  {
    name: 'archived',
    finding: { recordState: 'ARCHIVED' },
    automatic: { code: 'finding-archived' },
    byPerson: { code: 'finding-archived' },
  },
  {
    name: 'suppressed',
    finding: { workflow: 'SUPPRESSED' },
    automatic: { code: 'finding-suppressed' },
    byPerson: { code: 'finding-suppressed' },
  },
  {
    name: 'passed',
    finding: { compliance: 'PASSED' },
    automatic: { code: 'control-passes' },
    byPerson: { code: 'control-passes' },
  },
  {
    name: 'resolved, and failing again',
    finding: { workflow: 'RESOLVED' },
    automatic: { code: 'finding-not-new', workflow: 'RESOLVED' },
    byPerson: undefined,
  },
  {
    name: 'undone: only a person has it closed again',
    finding: { portcullisOutcome: 'undone' },
    automatic: { code: 'closing-was-undone' },
    byPerson: undefined,
  },
  {
    name: 'undone in part',
    finding: { portcullisOutcome: 'partly-undone' },
    automatic: { code: 'closing-was-undone' },
    byPerson: undefined,
  },
  { name: 'closed since', finding: { portcullisOutcome: 'closed' }, automatic: undefined, byPerson: undefined },
  {
    name: 'a warning',
    finding: { compliance: 'WARNING' },
    automatic: { code: 'control-not-failed', status: 'WARNING' },
    byPerson: undefined,
  },
  {
    name: 'without a status',
    finding: { compliance: undefined },
    automatic: { code: 'control-not-failed' },
    byPerson: undefined,
  },
];

test.each(skipped)('a finding that is $name', ({ finding, automatic, byPerson }) => {
  expect(reasonToSkip({ ...NEW, ...finding }, 'automatic')).toEqual(automatic);
  expect(reasonToSkip({ ...NEW, ...finding }, 'custom-action')).toEqual(byPerson);
});

test('an answer to a question is a person’s word', () => {
  expect(reasonToSkip({ ...NEW, workflow: 'NOTIFIED' }, 'automatic', true)).toBeUndefined();
});
