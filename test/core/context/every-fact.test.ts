import type { Context } from '../../../src/core/context/context';
import { contextSchema } from '../../../src/core/context/context-schema';
import { listContext } from '../../../src/core/context/describe-context';
import { unknown } from '../../../src/core/context/fact';
import { KNOWN_CONTEXT } from '../policy/known-context';

const FACTS = Object.keys(KNOWN_CONTEXT) as readonly (keyof Context)[];

test.each(FACTS)('%s has a line in portcullis show, with the reason where it is not known', (fact) => {
  const context = { ...KNOWN_CONTEXT, [fact]: unknown('of that reason') };
  expect(listContext(context).filter((line) => line.endsWith(': not known: of that reason'))).toHaveLength(1);
});

/** The facts of the first version's records, which an undo still has to read. */
const FIRST_FACTS = ['attached', 'reachable', 'used', 'otherWayIn', 'openedBy', 'managedBy', 'owner', 'account'];

test('what was recorded when there were fewer facts is read, and the others are not known', () => {
  const recorded = Object.fromEntries(FIRST_FACTS.map((fact) => [fact, unknown('of that reason')]));
  const read: Partial<Context> | undefined = contextSchema.safeParse(recorded).data;
  expect(read).toMatchObject(recorded);
  expect(FACTS.filter((fact) => read?.[fact]?.known !== false)).toEqual([]);
});
