import { matchesEventPattern, parseEventPattern } from '../../../sandbox/events/event-pattern';
import { SECURITY_HUB_CONTROLS } from '../../../src/core/controls/control-id';
import { invalid, matching } from '../../sandbox/events/event-pattern-cases';
import { ACTION_ARNS } from '../../fuzz/event-samples';
import { askEventRuler, type Answer } from './ask-event-ruler';
import { EVENTS_TO_MATCH } from './events-to-match';
import { rulesOfTheHub } from './rules-of-the-hub';

/** EventBridge's own quota, which its engine does not keep. */
const NOT_THE_ENGINES = ['more than 2048 characters'];

/** Patterns of which the two say different things of some event, and why that stays. One of which they agree fails. */
const DIFFERENT: Readonly<Record<string, string>> = {
  'cidr of the other family':
    'The engine compares the digits of two addresses whatever their families, so that ::/0 matches most of IPv4. ' +
    'AWS documents a block of one family, which is what the sandbox keeps to; no rule of ours has one.',
};

const rules = rulesOfTheHub();
const made = matching.map(([name, pattern]) => ({ name, pattern: JSON.stringify(pattern) }));
const refused = invalid
  .filter(([name]) => !NOT_THE_ENGINES.includes(name))
  .map(([name, pattern]) => ({ name, pattern }));
const asked = [...rules, ...made, ...refused];

const theirs = new Map<string, Answer | undefined>();
beforeAll(() => {
  const answers = askEventRuler(
    asked.map(({ pattern }) => pattern),
    EVENTS_TO_MATCH,
  );
  expect(answers).toHaveLength(asked.length);
  asked.forEach(({ pattern }, index) => theirs.set(pattern, answers[index]));
  const pairs = (rules.length + made.length) * EVENTS_TO_MATCH.length;
  process.stdout.write(
    `event-ruler: ${rules.length} rules and ${made.length} made patterns, ${EVENTS_TO_MATCH.length} events: ` +
      `${pairs} pairs; ${refused.length} patterns that are refused\n`,
  );
});

function ours(pattern: string): Answer {
  const parsed = parseEventPattern(pattern);
  return { matches: EVENTS_TO_MATCH.map((sample) => matchesEventPattern(parsed, sample)) };
}

/**
 * Of CSPM and of V2: a rule a control has, one of findings taken from under an exception, one of resolved questions.
 */
const HUBS = 2;

test("all rules of the hub stack are asked, the controls' and the custom actions' among them", () => {
  expect(rules).toHaveLength(HUBS * (SECURITY_HUB_CONTROLS.length + 2) + Object.keys(ACTION_ARNS).length);
});

describe('of a rule of the hub stack both engines say the same of every event', () => {
  test.each(rules)('$name', ({ pattern }) => {
    const answer = ours(pattern);
    expect(theirs.get(pattern)).toEqual(answer);
    // It takes some events and leaves others: what matched always, or never, would agree as well.
    expect(new Set('matches' in answer ? answer.matches : [])).toEqual(new Set([true, false]));
  });
});

describe('of a made pattern both engines say the same of every event', () => {
  test.each(made.filter(({ name }) => !(name in DIFFERENT)))('$name', ({ pattern }) => {
    expect(theirs.get(pattern)).toEqual(ours(pattern));
  });
});

test.each(Object.keys(DIFFERENT))('the known difference still shows: %s', (known) => {
  const { pattern = '' } = made.find(({ name }) => name === known) ?? {};
  const answer = theirs.get(pattern);
  expect(answer).toHaveProperty('matches');
  expect(answer).not.toEqual(ours(pattern));
});

describe('both engines refuse', () => {
  test.each(refused)('$name', ({ pattern }) => {
    expect(theirs.get(pattern)).toEqual({ refused: expect.any(String) as string });
  });
});
