import fc from 'fast-check';
import {
  answerQuestion,
  atDeadline,
  atReminder,
  describeOver,
  endQuestion,
  isToBeClosed,
  markDone,
} from '../../../src/core/questions/life';
import { parseQuestion } from '../../../src/core/questions/parse-question';
import type { Question } from '../../../src/core/questions/question';
import { TARGET } from '../../flow/fixtures';

const ASKED = Date.parse('2026-03-01T12:00:00.000Z');
const at = (hours: number) => new Date(ASKED + hours * 3_600_000);
const UNTIL = 24;

const OPEN: Question = {
  questionId: 'qst-0123456789abcdef',
  remediationId: 'rem-0123456789abcdef',
  target: TARGET,
  findings: [{ id: 'finding', productArn: 'product', control: 'EC2.13' }],
  trigger: 'automatic',
  decidedBy: 'policy entry 1',
  reason: 'Policy entry 1 leaves it to a person.',
  isStuck: false,
  askedAt: at(0).toISOString(),
  until: at(UNTIL).toISOString(),
  remindAt: at(12).toISOString(),
  onSilence: 'close',
  version: 1,
  state: { kind: 'open' },
};

type Happening =
  | { readonly kind: 'answer'; readonly answer: 'close' | 'leave'; readonly by: string }
  | { readonly kind: 'deadline' | 'reminder' | 'resolved' | 'done' };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({
    kind: fc.constant('answer' as const),
    answer: fc.constantFrom('close' as const, 'leave' as const),
    by: fc.constantFrom('alice', 'bob'),
  }),
  fc.record({ kind: fc.constantFrom('deadline' as const, 'reminder' as const, 'resolved' as const, 'done' as const) }),
);

/** In the order of their times, as the clock brings them; each sees the question as the one before left it. */
const story = fc
  .array(fc.tuple(fc.double({ min: 0, max: 30, noNaN: true }), happening), { maxLength: 12 })
  .map((all) => [...all].sort(([a], [b]) => a - b));

function happen(question: Question, what: Happening, now: Date): Question {
  switch (what.kind) {
    case 'answer': {
      const answered = answerQuestion(question, what, now);
      return answered.ok ? answered.value : question;
    }
    case 'deadline': {
      const deadline = atDeadline(question, now);
      return deadline.kind === 'silent' ? deadline.question : question;
    }
    case 'reminder':
      return atReminder(question, now) ?? question;
    case 'resolved':
      return endQuestion(question, 'closed meanwhile', now) ?? question;
    case 'done':
      return markDone(question);
  }
}

const states = (happenings: readonly (readonly [number, Happening])[], first = OPEN): readonly Question[] => {
  const all = [first];
  for (const [hours, what] of happenings) all.push(happen(all.at(-1) ?? first, what, at(hours)));
  return all;
};

describe('the life of a question, whatever happens to it in whatever order', () => {
  test('ends once: what was decided, was silence or ended stays so', () => {
    fc.assert(
      fc.property(story, (happenings) => {
        const kinds = states(happenings).map(({ state }) => state.kind);
        const over = kinds.findIndex((kind) => kind !== 'open');
        if (over >= 0) expect(new Set(kinds.slice(over))).toEqual(new Set([kinds[over]]));
      }),
    );
  });

  test('the first answer in time is the only one, and nobody answers after the deadline', () => {
    fc.assert(
      fc.property(story, (happenings) => {
        const last = states(happenings).at(-1) ?? OPEN;
        const first = happenings.find(
          ([hours, { kind }]) => kind !== 'reminder' && kind !== 'done' && (kind !== 'deadline' || hours >= UNTIL),
        );
        if (last.state.kind !== 'decided') return;
        expect(Date.parse(last.state.at)).toBeLessThan(Date.parse(OPEN.until));
        expect(first?.[1]).toMatchObject({ kind: 'answer', answer: last.state.answer, by: last.state.by });
      }),
    );
  });

  test('silence comes at the deadline and not before, people are reminded once and before it', () => {
    fc.assert(
      fc.property(story, (happenings) => {
        const all = states(happenings);
        const silent = all.find(({ state }) => state.kind === 'silent');
        if (silent?.state.kind === 'silent') expect(silent.state.at >= OPEN.until).toBe(true);
        const reminders = new Set(all.flatMap(({ state }) => (state.kind === 'open' ? (state.remindedAt ?? []) : [])));
        expect(reminders.size).toBeLessThanOrEqual(1);
        for (const each of reminders) expect(each >= (OPEN.remindAt ?? '') && each < OPEN.until).toBe(true);
      }),
    );
  });

  test('every change is one version later, so that of two at once the ledger takes one', () => {
    fc.assert(
      fc.property(story, (happenings) => {
        const all = states(happenings);
        for (const [place, question] of all.entries()) {
          const before = all[place - 1];
          if (before !== undefined) expect(question === before || question.version === before.version + 1).toBe(true);
        }
      }),
    );
  });

  test('what is to be closed is closed by an answer or by silence, until it is begun', () => {
    fc.assert(
      fc.property(story, (happenings) => {
        const last = states(happenings).at(-1) ?? OPEN;
        const { state } = last;
        const wants =
          (state.kind === 'decided' && state.answer === 'close') ||
          (state.kind === 'silent' && state.became === 'close');
        const isDone = 'isDone' in state && state.isDone;
        expect(isToBeClosed(last)).toBe(wants && !isDone);
        expect(isToBeClosed(markDone(last))).toBe(false);
      }),
    );
  });

  test('is read back from the ledger as it was written', () => {
    fc.assert(
      fc.property(story, (happenings) => {
        const last = states(happenings).at(-1) ?? OPEN;
        expect(parseQuestion(JSON.parse(JSON.stringify(last)))).toEqual({ ok: true, value: last });
      }),
    );
  });
});

test('what cannot be closed by an answer says what is in the way, may be left, and silence leaves it', () => {
  const stuck: Question = { ...OPEN, isStuck: true, reason: 'The quota is reached.' };
  expect(answerQuestion(stuck, { answer: 'close', by: 'alice' }, at(1))).toMatchObject({
    ok: false,
    error: expect.stringContaining('The quota is reached.') as string,
  });
  expect(answerQuestion(stuck, { answer: 'leave', by: 'alice' }, at(1)).ok).toBe(true);
  expect(atDeadline(stuck, at(24))).toMatchObject({ kind: 'silent', question: { state: { became: 'leave' } } });
});

test('who comes later learns who decided, with their comment', () => {
  const decided = answerQuestion(OPEN, { answer: 'leave', by: 'alice', comment: 'a demo' }, at(1));
  if (!decided.ok) throw new Error(decided.error);
  expect(describeOver(decided.value, at(2))).toMatch(/alice chose to leave it open at .* \("a demo"\)/);
  expect(describeOver(OPEN, at(23))).toBeUndefined();
  expect(describeOver(OPEN, at(24))).toMatch(/could be answered until/);
});
