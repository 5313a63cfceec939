import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import type { Finding } from '../../../src/core/findings/finding';
import type { Policy } from '../../../src/core/policy/policy-entry';
import type { AskTerms } from '../../../src/core/questions/ask-terms';
import { failure } from '../../../src/core/result';
import { answererOf } from '../../../src/core/questions/may-answer';
import type { Question } from '../../../src/core/questions/question';
import { answerQuestion, type AnswerResult } from '../../../src/flow/deciding/answer-question';
import { beginAtOnce } from '../../../src/flow/deciding/begin-at-once';
import { dispatch } from '../../../src/flow/intake/dispatch';
import { remediate } from '../../../src/flow/remediation/remediate';
import { SSH } from '../close-world';
import { imported } from '../events';
import { failed, findingOn, ingress, InMemoryWorld, NONCE, TARGET } from '../in-memory-ports';

const ALICE = 'arn:aws:sts::111111111111:assumed-role/SecurityLead/alice';
const BOB = 'arn:aws:sts::111111111111:assumed-role/SecurityLead/bob';
const SETTINGS = { actionArns: { close: 'c', preview: 'p', undo: 'u' }, automaticControls: [] } as never;

async function asked(ask?: AskTerms): Promise<{ world: InMemoryWorld; policy: Policy; question: Question }> {
  const world = new InMemoryWorld();
  world.rules = [ingress('sgr-ssh')];
  world.findings = [SSH];
  world.request(world.findings, { trigger: 'automatic', decidedBy: 'policy' });
  const policy: Policy = { ...DEFAULT_PLAN_POLICY, decisions: [{ do: 'ask', ...(ask === undefined ? {} : { ask }) }] };
  await execute(world, policy);
  const [question] = world.questions.values();
  if (question === undefined) throw new Error('nothing is asked');
  return { world, policy, question };
}

async function execute(world: InMemoryWorld, policy: Policy): Promise<void> {
  const generation = Math.max(1, ...world.starts.map((start) => start.generation));
  await remediate({ target: TARGET, generation, nonce: NONCE }, world.ports, policy);
}

const now = (world: InMemoryWorld, questionId: string) => {
  const question = world.questions.get(questionId);
  if (question === undefined) throw new Error(questionId);
  return question;
};

const answer = (world: InMemoryWorld, questionId: string, given: 'close' | 'leave', by = ALICE, comment?: string) =>
  answerQuestion(
    { questionId, answer: given, by: answererOf(by), ...(comment === undefined ? {} : { comment }) },
    { ...world.ports, follow: (question) => beginAtOnce(question, world.ports) },
  );

/** What a schedule of the world sends, or what somebody forges. */
const due = (world: InMemoryWorld, what: string, id: string, deliveries = 1) =>
  dispatch([{ id: 'm', body: JSON.stringify({ kind: 'due', what, id }), deliveries }], world.ports, SETTINGS);

const later = (world: InMemoryWorld, hours: number) => void (world.now += hours * 3_600_000);
const eventsOf = (world: InMemoryWorld) => world.events.map(({ detailType }) => detailType);
const noteOf = (world: InMemoryWorld) => world.updates.get(SSH.id)?.note ?? '';
const refusal = (result: AnswerResult) => ('reason' in result ? result.reason : result.kind);

describe('what is asked', () => {
  test('is in the ledger with its end, and on the finding and the bus with until when and what silence means', async () => {
    const { world, question } = await asked({ within: '24h', remindAfter: '12h', onSilence: 'close' });
    expect(question).toMatchObject({
      findings: [{ id: SSH.id, control: 'EC2.13' }],
      onSilence: 'close',
      isStuck: false,
    });
    const hours = (Date.parse(question.until) - Date.parse(question.askedAt)) / 3_600_000;
    expect(hours).toBe(24);
    expect([...world.schedules.keys()]).toEqual([
      `question-end-${question.questionId}`,
      `question-reminder-${question.questionId}`,
    ]);
    expect(noteOf(world)).toContain(`portcullis approve ${question.questionId}; then it is closed.`);
    expect(world.updates.get(SSH.id)?.userDefinedFields).toMatchObject({ PortcullisUntil: question.until });
    expect(world.events.at(-1)).toMatchObject({
      detailType: 'Decision Needed',
      detail: { question: { questionId: question.questionId, until: question.until, onSilence: 'close' } },
    });
  });

  test('ends after seven days and stays as it is, where nothing else is said', async () => {
    const { question } = await asked();
    expect(Date.parse(question.until) - Date.parse(question.askedAt)).toBe(7 * 24 * 3_600_000);
    expect(question).toMatchObject({ onSilence: 'leave' });
    expect(question.approvers).toBeUndefined();
  });

  test.each([
    ['the ledger', (world: InMemoryWorld) => (world.whenAsking = () => failed('access-denied', 'denied'))],
    ['the schedules', (world: InMemoryWorld) => (world.whenScheduling = () => failed('access-denied', 'denied'))],
  ])('rings an alarm where %s cannot be written, and the finding says all the same what to do', async (_, breakIt) => {
    const world = new InMemoryWorld();
    world.rules = [ingress('sgr-ssh')];
    world.findings = [SSH];
    world.request(world.findings, { trigger: 'automatic', decidedBy: 'policy' });
    breakIt(world);
    await execute(world, { ...DEFAULT_PLAN_POLICY, decisions: [{ do: 'ask' }] });
    expect(world.metrics).toContain('QuestionsFailed');
    expect(noteOf(world)).toContain('Close ingress');
    expect(world.questions.size).toBe(0);
  });
});

describe('an answer', () => {
  test('closes what was shown, once, and the record says who and why', async () => {
    const { world, policy, question } = await asked();
    const { questionId } = question;
    expect(await answer(world, questionId, 'close', ALICE, 'unused')).toMatchObject({ kind: 'answered' });
    await execute(world, policy);
    expect(world.rules).toEqual([]);
    const record = [...world.records.values()].at(-1);
    expect(record).toMatchObject({ outcome: 'closed', answer: { questionId, by: ALICE, comment: 'unused' } });
    expect(world.schedules.has(`question-end-${questionId}`)).toBe(false);
    await due(world, 'question-decided', questionId);
    await due(world, 'question-end', questionId);
    expect(world.requests).toEqual([]);
    expect(eventsOf(world)).toEqual(['Decision Needed', 'Ingress Closed']);
  });

  test('of who is none of the approvers changes nothing', async () => {
    const { world, question } = await asked({ approvers: ['role:SecurityLead'] });
    const stranger = ALICE.replace('SecurityLead', 'Developer');
    expect(refusal(await answer(world, question.questionId, 'close', stranger))).toMatch(/may not answer/);
    expect(now(world, question.questionId)).toBe(question);
    expect(await answer(world, question.questionId, 'close')).toMatchObject({ kind: 'answered' });
  });

  test('that comes second, or after the deadline, changes nothing and learns why', async () => {
    const { world, question } = await asked({ within: '24h' });
    const { questionId } = question;
    later(world, 25);
    expect(refusal(await answer(world, questionId, 'close'))).toMatch(/is over: it could be answered until/);
    world.now -= 25 * 3_600_000;
    await answer(world, questionId, 'leave', BOB);
    const decided = now(world, questionId);
    expect(refusal(await answer(world, questionId, 'close'))).toContain(`${BOB} chose to leave it open`);
    expect(now(world, questionId)).toBe(decided);
    expect(refusal(await answer(world, 'qst-ffffffffffffffff', 'close'))).toMatch(/holds no question/);
  });

  test('that was interrupted before it was begun is begun by what is due', async () => {
    const { world, policy, question } = await asked();
    const { questionId } = question;
    world.whenStarting = () => failed('access-denied', 'denied');
    expect(await answer(world, questionId, 'close')).toMatchObject({ kind: 'answered' });
    world.whenStarting = () => undefined;
    expect(await due(world, 'question-decided', questionId)).toEqual([]);
    await execute(world, policy);
    expect(world.rules).toEqual([]);
  });

  test('asks again where the rules have changed since, and closes nothing', async () => {
    const { world, policy, question } = await asked();
    world.change([...world.rules, ingress('sgr-more', { FromPort: 20, ToPort: 25 })]);
    await answer(world, question.questionId, 'close');
    await execute(world, policy);
    expect(world.rules).toHaveLength(2);
    expect(world.questions.size).toBe(2);
    expect([...world.records.values()].at(-1)).toMatchObject({ outcome: 'asked', reasons: [{ code: 'not-as-shown' }] });
  });

  test('that leaves it open says so on the finding and the bus, once', async () => {
    const { world, question } = await asked();
    await answer(world, question.questionId, 'leave', ALICE, 'a demo');
    await due(world, 'question-decided', question.questionId);
    await due(world, 'question-decided', question.questionId, 2);
    expect(noteOf(world)).toMatch(/^Left open: .*alice.*"a demo"/);
    expect(eventsOf(world)).toEqual(['Decision Needed', 'Decision Made']);
    expect(world.rules).toHaveLength(1);
  });
});

test('what is asked because its account is held shows its plan, and is closed by the first answer', async () => {
  const world = new InMemoryWorld();
  world.rules = [ingress('sgr-ssh')];
  world.findings = [SSH];
  world.holds.set(TARGET.account, {
    account: TARGET.account,
    remediationId: 'rem-0',
    since: '2026-03-01',
    reason: 'x',
  });
  world.request(world.findings, { trigger: 'automatic', decidedBy: 'policy' });
  await execute(world, DEFAULT_PLAN_POLICY);
  const [question] = world.questions.values();
  expect([...world.records.values()][0]?.plan?.steps).toHaveLength(1);
  await answer(world, question?.questionId ?? '', 'close');
  await execute(world, DEFAULT_PLAN_POLICY);
  expect(world.rules).toEqual([]);
  expect(world.questions.size).toBe(1);
});

describe('what is due', () => {
  test('a deadline that comes early comes again, and closes only in time', async () => {
    const { world, policy, question } = await asked({ within: '24h', onSilence: 'close' });
    expect(await due(world, 'question-end', question.questionId)).toEqual(['m']);
    later(world, 24);
    expect(await due(world, 'question-end', question.questionId, 2)).toEqual([]);
    await execute(world, policy);
    expect(world.rules).toEqual([]);
    expect([...world.records.values()].at(-1)).toMatchObject({ trigger: 'automatic', answer: { by: 'silence' } });
  });

  test('silence closes nothing while the account is held, and it is asked again', async () => {
    const { world, policy, question } = await asked({ within: '24h', onSilence: 'close' });
    world.holds.set(TARGET.account, {
      account: TARGET.account,
      remediationId: 'rem-0',
      since: '2026-03-01',
      reason: 'x',
    });
    later(world, 24);
    await due(world, 'question-end', question.questionId);
    await execute(world, policy);
    expect(world.rules).toHaveLength(1);
    expect([...world.questions.values()].map(({ state }) => state.kind)).toEqual(['silent', 'open']);
  });

  test.each(['question-end', 'question-reminder'])(
    '%s of what was closed by hand ends it, and who was asked hears that',
    async (what) => {
      const { world, question } = await asked({ within: '24h', remindAfter: '12h', onSilence: 'close' });
      world.findings = [findingOn(TARGET, { compliance: 'PASSED', workflow: 'NOTIFIED' })];
      later(world, what === 'question-end' ? 24 : 12);
      await due(world, what, question.questionId);
      expect(now(world, question.questionId).state).toMatchObject({ kind: 'ended' });
      expect(eventsOf(world)).toEqual(['Decision Needed', 'Question Settled']);
      await due(world, what, question.questionId, 2);
      expect(eventsOf(world)).toHaveLength(2);
      expect(world.requests).toEqual([]);
    },
  );

  test('silence that leaves it open says so on the finding and the bus, once, whatever fails in between', async () => {
    const { world, question } = await asked({ within: '24h', onSilence: 'leave' });
    later(world, 24);
    world.whenPublishing = () => failed('unavailable', 'no bus');
    expect(await due(world, 'question-end', question.questionId)).toEqual(['m']);
    world.whenPublishing = () => undefined;
    await due(world, 'question-end', question.questionId, 2);
    await due(world, 'question-end', question.questionId, 3);
    expect(eventsOf(world)).toEqual(['Decision Needed', 'Decision Missed']);
    expect(world.events.at(-1)).toMatchObject({ detail: { answer: { by: 'silence', answer: 'leave' } } });
    expect(noteOf(world)).toMatch(/nobody answered/i);
  });

  test('people are reminded once', async () => {
    const { world, question } = await asked({ within: '24h', remindAfter: '12h' });
    later(world, 12);
    await due(world, 'question-reminder', question.questionId);
    await due(world, 'question-reminder', question.questionId, 2);
    expect(world.events.filter(({ detail }) => detail.reminder)).toHaveLength(1);
  });

  test.each([
    [{ within: '24h' }, 12],
    [{}, 84],
    [{ within: '24h', remindAfter: '1h' }, 1],
    [{ within: '24h', remindAfter: 'never' }, undefined],
  ] as const)('on terms of %j people are reminded after %s hours', async (terms, hours) => {
    const { question } = await asked(terms);
    const after = question.remindAt && (Date.parse(question.remindAt) - Date.parse(question.askedAt)) / 3_600_000;
    expect(after).toBe(hours);
  });

  test('a second group is asked as well, once, when the first has not answered, and may answer from then on', async () => {
    const escalate = { to: ['role:Head'] };
    const { world, question } = await asked({ approvers: ['role:Lead'], within: '24h', escalate });
    const head = { name: 'head', names: ['role:Head'] };
    const answer = () =>
      answerQuestion(
        { questionId: question.questionId, answer: 'leave', by: head },
        { ...world.ports, follow: () => Promise.resolve() },
      );
    later(world, 12);
    await due(world, 'question-reminder', question.questionId);
    expect(await answer()).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/who may: role:Lead$/) as string,
    });
    later(world, 6);
    await due(world, 'question-escalation', question.questionId);
    await due(world, 'question-escalation', question.questionId, 2);
    expect(world.events.filter(({ detail }) => detail.escalatedTo)).toMatchObject([
      { detail: { reminder: true, escalatedTo: ['role:Head'], question: { approvers: ['role:Lead', 'role:Head'] } } },
    ]);
    expect(now(world, question.questionId).state).toMatchObject({ remindedAt: expect.anything() as string });
    expect(await answer()).toMatchObject({ kind: 'answered' });
  });

  test('who has answered is escalated to nobody', async () => {
    const { world, question } = await asked({
      approvers: ['role:Lead'],
      within: '24h',
      escalate: { to: ['role:Head'] },
    });
    const by = { name: 'lead', names: ['role:Lead'] };
    const ports = { ...world.ports, follow: () => Promise.resolve() };
    await answerQuestion({ questionId: question.questionId, answer: 'leave', by }, ports);
    later(world, 18);
    await due(world, 'question-escalation', question.questionId);
    expect(world.events.filter(({ detail }) => detail.escalatedTo)).toEqual([]);
  });

  test('nobody takes what is unknown: it is a dead letter, and a question that is not there is none', async () => {
    const { world } = await asked();
    await due(world, 'nonsense', 'x');
    expect(world.deadLetters).toMatchObject([{ reason: expect.stringContaining('"nonsense"') as string }]);
    expect(await due(world, 'question-end', 'qst-ffffffffffffffff')).toEqual([]);
  });
});

describe('who chooses for themselves, by a custom action or a command, answers what is asked about it', () => {
  const ACTION = 'custom action "Close ingress"';
  const close = (world: InMemoryWorld) => {
    world.request(world.findings, { trigger: 'custom-action', decidedBy: ACTION });
  };
  const executeOwn = (world: InMemoryWorld, policy: Policy, ports = world.ports) => {
    const generation = [...world.claims.values()][0]?.generation ?? 1;
    return remediate({ target: TARGET, generation, nonce: NONCE }, ports, policy);
  };
  const accept = (world: InMemoryWorld, accepted = {}) => {
    world.addRequest(TARGET, {
      id: 'accept-1',
      action: 'accept',
      trigger: 'custom-action',
      decidedBy: 'custom action "Accept risk"',
      findings: [{ id: SSH.id, productArn: SSH.productArn }],
      askedAt: new Date(world.now).toISOString(),
      reason: 'the vendor has no VPN',
      accepted,
    });
  };

  test('closing: later ones learn who decided, before it has ended', async () => {
    const { world, policy, question } = await asked({ onSilence: 'leave' });
    close(world);
    await executeOwn(world, policy);
    expect(world.rules).toEqual([]);
    expect(now(world, question.questionId).state).toMatchObject({ kind: 'decided', by: ACTION, isDone: true });
    expect(refusal(await answer(world, question.questionId, 'leave'))).toMatch(
      /is decided: custom action "Close ingress" chose to have it closed/,
    );
  });

  test('accepting its risk: nobody has it closed after that', async () => {
    const { world, policy, question } = await asked();
    accept(world);
    await executeOwn(world, policy);
    expect(refusal(await answer(world, question.questionId, 'close'))).toMatch(
      /is decided: custom action "Accept risk" chose to accept the risk of it/,
    );
    expect([world.rules.length, world.exceptions.size]).toEqual([1, 1]);
  });

  test('accepting a part of it leaves the rest to be decided', async () => {
    const { world, policy, question } = await asked();
    accept(world, { source: '10.0.0.0/8' });
    await executeOwn(world, policy);
    expect(now(world, question.questionId).state).toMatchObject({ kind: 'open' });
  });

  test.each([
    ['close', close, 1],
    ['accept', accept, 1],
  ] as const)(
    'who chose to %s a moment before somebody denied, and was not first, changes nothing',
    async (_what, choose, open) => {
      const { world, policy, question } = await asked();
      choose(world);
      later(world, 1 / 3600);
      expect(refusal(await answer(world, question.questionId, 'leave'))).toBe('answered');
      await executeOwn(world, policy);
      expect([world.rules.length, world.exceptions.size]).toEqual([open, 0]);
      expect(now(world, question.questionId).state).toMatchObject({ by: ALICE, answer: 'leave' });
    },
  );

  test('who chooses to close after somebody has denied has it closed: that is a decision of their own', async () => {
    const { world, policy, question } = await asked();
    await answer(world, question.questionId, 'leave');
    later(world, 1);
    close(world);
    await executeOwn(world, policy);
    expect(world.rules).toEqual([]);
    expect(now(world, question.questionId).state).toMatchObject({ by: ALICE, answer: 'leave' });
  });

  test('a question that cannot be read keeps nobody from closing', async () => {
    const { world, policy } = await asked();
    close(world);
    const fetchQuestionsOf = () => Promise.resolve(failure(failed('unavailable', 'no ledger')));
    await executeOwn(world, policy, { ...world.ports, questions: { ...world.ports.questions, fetchQuestionsOf } });
    expect(world.rules).toEqual([]);
  });
});

test('an answer whose write was acknowledged to nobody, and made again, is an answer that was given', async () => {
  const { world, question } = await asked();
  const { questions } = world.ports;
  let lost = true;
  const replaceQuestion = async (next: Question) => {
    const written = await questions.replaceQuestion(next);
    if (!lost) return written;
    lost = false;
    return questions.replaceQuestion(next);
  };
  const followed: Question[] = [];
  const given = { questionId: question.questionId, answer: 'close', by: answererOf(ALICE) } as const;
  const ports = { ...world.ports, questions: { ...questions, replaceQuestion } };
  const answered = await answerQuestion(given, { ...ports, follow: async (each) => void followed.push(each) });
  expect([answered.kind, followed.length]).toEqual(['answered', 1]);
});

describe('what somebody resolves by hand ends its question when Security Hub says so, not at the next reminder', () => {
  /**
   * As the finding is once its control was evaluated again, or somebody touched it; the event says no more than its
   * key.
   */
  async function settle(fields: Partial<Finding>) {
    const { world, question } = await asked({ within: '24h' });
    const before = { portcullisOutcome: 'asked', portcullisRemediationId: question.remediationId } as const;
    world.findings = [{ ...SSH, workflow: 'NOTIFIED', ...before, ...fields }];
    const send = () => dispatch([{ id: 'm', body: imported(SSH), deliveries: 1 }], world.ports, SETTINGS);
    const again = await send();
    return { world, question, again, send };
  }

  test.each([
    ['the control passes', { compliance: 'PASSED', workflow: 'RESOLVED' }],
    ['it passes, and nobody has resolved it yet', { compliance: 'PASSED' }],
    ['it is gone', { recordState: 'ARCHIVED' }],
    ['somebody resolved it', { workflow: 'RESOLVED' }],
    ['somebody suppressed it', { workflow: 'SUPPRESSED' }],
  ] as const)('%s', async (_what, fields) => {
    const { world, question, again, send } = await settle(fields);
    expect(again).toEqual([]);
    expect(now(world, question.questionId).state).toMatchObject({ kind: 'ended' });
    expect(eventsOf(world)).toEqual(['Decision Needed', 'Question Settled']);
    await send();
    expect(eventsOf(world)).toEqual(['Decision Needed', 'Question Settled']);
    expect([world.deadLetters, world.starts]).toEqual([[], []]);
  });

  test.each([
    ['it still fails', {}],
    ['another remediation has updated it since', { compliance: 'PASSED', portcullisOutcome: 'closed' }],
    ['it names no remediation', { compliance: 'PASSED', portcullisRemediationId: 'rem-of-somebody' }],
  ] as const)('not where %s', async (_what, fields) => {
    const { world, question } = await settle(fields);
    expect(now(world, question.questionId).state).toMatchObject({ kind: 'open' });
    expect(eventsOf(world)).toEqual(['Decision Needed']);
  });

  test('a ledger that is out of order brings the message again', async () => {
    const { world, question, send } = await settle({});
    world.findings = world.findings.map((finding) => ({ ...finding, compliance: 'PASSED' as const }));
    const { fetchQuestion } = world.ports.questions;
    Object.assign(world.ports.questions, {
      fetchQuestion: () =>
        Promise.resolve(failure({ code: 'unavailable', retryable: true, cause: 'out of order' } as const)),
    });
    expect(await send()).toEqual(['m']);
    Object.assign(world.ports.questions, { fetchQuestion });
    expect(await send()).toEqual([]);
    expect(now(world, question.questionId).state).toMatchObject({ kind: 'ended' });
  });
});
