import { SeededIds } from '../../../sandbox/runtime/seeded-ids';

test('the same seed gives the same ids, another seed others', () => {
  const ids = (seed: number): string[] => {
    const from = new SeededIds(seed);
    return [from.id('sg-', 17), from.uuid(), from.letters(16), from.id('sgr-', 17)];
  };
  expect(ids(7)).toEqual(ids(7));
  expect(ids(7)).not.toEqual(ids(8));
  expect(new Set(ids(7)).size).toBe(4);
});

test('ids have the forms that AWS gives them', () => {
  const ids = new SeededIds(1);
  expect(ids.id('sg-', 17)).toMatch(/^sg-0[0-9a-f]{16}$/);
  expect(ids.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(ids.letters(16)).toMatch(/^[A-Z2-7]{16}$/);
});
