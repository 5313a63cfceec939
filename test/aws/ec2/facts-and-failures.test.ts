import type { Context } from '../../../src/core/context/context';
import { CONDITIONS, FAILURES, readContext, modeOf, refuse, unknownIn } from './played-surroundings';

/** Every read around a target × everything that may go wrong with it: which facts are unknown, and what is decided. */

test('where all is answered, all is known, and every entry closes', async () => {
  const context = await readContext();
  expect(unknownIn(context)).toEqual([]);
  for (const fact of Object.keys(CONDITIONS)) expect(modeOf(context, fact as keyof Context).mode).toBe('auto');
});

const READS: readonly (readonly [operation: string, facts: readonly (keyof Context)[]])[] = [
  ['cloudtrail:LookupEvents', ['openedBy', 'managedBy']],
  ['ec2:DescribeInstances', ['otherWayIn', 'owner']],
  ['ec2:DescribeNetworkAcls', ['reachable']],
  ['ec2:DescribeNetworkInterfaces', ['attached', 'reachable', 'otherWayIn']],
  ['ec2:DescribeRouteTables', ['reachable']],
  ['ec2:DescribeSecurityGroupVpcAssociations', ['owner']],
  ['ec2:DescribeVpcBlockPublicAccessExclusions', ['reachable']],
  ['ec2:DescribeVpcBlockPublicAccessOptions', ['reachable']],
  ['organizations:DescribeAccount', ['account']],
  ['ssm:DescribeInstanceInformation', ['otherWayIn']],
];

/** Interfaces in a VPC that did not show may have more attached. */
const DOUBTED: Readonly<Record<string, readonly (keyof Context)[]>> = {
  'ec2:DescribeSecurityGroupVpcAssociations': ['attached', 'owner'],
};

describe.each(READS)('%s', (operation, facts) => {
  const command = `${operation.slice(operation.indexOf(':') + 1)}Command`;
  test.each(Object.entries(FAILURES))('%s: what it shows is unknown, with the reason, and asks', async (_, failure) => {
    const context = await readContext({ [command]: failure.answer });
    const isSlow = failure.says.source.includes('within');
    // What is in which VPC is asked first: what waits for it in vain is late as well.
    if (isSlow) expect(unknownIn(context)).toEqual(expect.arrayContaining([...facts]));
    else expect(unknownIn(context).sort()).toEqual([...facts].sort());
    for (const fact of facts) {
      const found = context[fact];
      expect(found.known ? '' : found.reason).toMatch(failure.says);
    }
    const reasons = facts.map((fact) => context[fact]).flatMap((each) => (each.known ? [] : each.reason));
    if (!isSlow && operation !== 'organizations:DescribeAccount') expect(reasons.join()).toContain(operation);
    for (const fact of DOUBTED[operation] ?? facts) {
      expect(modeOf(context, fact)).toMatchObject({ mode: 'ask', missing: [expect.any(String) as string] });
    }
    for (const fact of Object.keys(CONDITIONS) as (keyof Context)[]) {
      if (context[fact].known && !(DOUBTED[operation] ?? facts).includes(fact))
        expect(modeOf(context, fact).mode).toBe('auto');
    }
  });
});

test('where EC2 itself does not know of VPC associations there are none: nobody can have made any', async () => {
  const answer = refuse('InvalidAction', 'The action is not valid for this web service.');
  const { EC2ServiceException } = jest.requireActual<typeof import('@aws-sdk/client-ec2')>('@aws-sdk/client-ec2');
  const context = await readContext({
    DescribeSecurityGroupVpcAssociationsCommand: () =>
      answer().catch(() => {
        throw new EC2ServiceException({ name: 'InvalidAction', $fault: 'client', message: '', $metadata: {} });
      }),
  });
  expect(unknownIn(context)).toEqual([]);
});

test('an instance that an interface names and EC2 does not show may run, and be of any environment', async () => {
  const context = await readContext({ DescribeInstancesCommand: () => Promise.resolve({ Reservations: [] }) });
  expect(context.otherWayIn).toEqual({ known: false, reason: 'instance i-1 is not shown' });
  expect(context.owner).toEqual({ known: false, reason: 'instance i-1 is not shown' });
});
