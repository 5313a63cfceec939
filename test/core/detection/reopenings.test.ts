import { renderReopenings, whyToAsk, withReopening } from '../../../src/core/detection/reopenings';

const limit = { closings: 3, hours: 24 };
const by = (arn: string) => ({ arn, sourceIp: '203.0.113.9', userAgent: 'terraform' });
const at = (hour: string) => `2026-11-20T${hour}:00:00Z`;

test('the first re-opening is one of one', () => {
  expect(withReopening(undefined, { at: at('08'), actor: by('kim') }, limit)).toEqual([{ at: at('08'), by: 'kim' }]);
});

test('what is written is read again, and what is older than the hours counts no more', () => {
  const written = renderReopenings([
    { at: '2026-11-19T07:59:00Z', by: 'old' },
    { at: at('07'), by: 'a session with blanks' },
  ]);
  expect(withReopening(written, { at: at('08'), actor: by('kim') }, limit)).toEqual([
    { at: at('07'), by: 'a session with blanks' },
    { at: at('08'), by: 'kim' },
  ]);
});

test.each(['garbage', '; ; ', 'never kim', ''])('a field that somebody else wrote, "%s", counts nothing', (field) => {
  expect(withReopening(field, { at: at('08'), actor: by('kim') }, limit)).toHaveLength(1);
});

test('as long as fewer are counted than it may be closed, nobody is asked', () => {
  expect(
    whyToAsk(
      [
        { at: at('07'), by: 'kim' },
        { at: at('08'), by: 'kim' },
      ],
      limit,
    ),
  ).toBeUndefined();
});

test('then a person is asked, with who keeps opening it', () => {
  const three = [at('06'), at('07')].map((each) => ({ at: each, by: 'pipeline' }));
  expect(whyToAsk([...three, { at: at('08'), by: 'kim' }], limit)).toBe(
    'It was closed 3 times within 24 hours, and opened again each time, by pipeline (2 times), kim.',
  );
});

test('the field keeps the newest where it would be too long', () => {
  const many = Array.from({ length: 100 }, (_, index) => ({ at: at('08'), by: `${'x'.repeat(60)}-${String(index)}` }));
  const text = renderReopenings(many);
  expect(text.length).toBeLessThanOrEqual(2048);
  expect(text).toMatch(/-99$/);
});
