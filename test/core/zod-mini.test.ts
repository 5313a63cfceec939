import * as z from '../../src/core/zod-mini';

test('says in words what is wrong', () => {
  const { error } = z.object({ account: z.string(), ports: z.array(z.int()) }).safeParse({ ports: ['22'] });
  expect(error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual([
    'account: Invalid input: expected string, received undefined',
    'ports.0: Invalid input: expected number, received string',
  ]);
});
