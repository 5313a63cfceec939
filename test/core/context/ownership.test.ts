import type { ManagedBy, Owner } from '../../../src/core/context/context';
import { known, unknown } from '../../../src/core/context/fact';
import { toManagedBy, type ManagedTarget } from '../../../src/core/context/to-managed-by';
import { failure, success } from '../../../src/core/result';
import { toOwner } from '../../../src/core/context/to-owner';

const tags = (of: Readonly<Record<string, string>>) => Object.entries(of).map(([Key, Value]) => ({ Key, Value }));

describe('who owns a target', () => {
  const cases: readonly [string, Record<string, string>, Record<string, string>, Omit<Owner, 'tags'>][] = [
    ['is said by its own tags', { Owner: 'web', env: 'prod' }, {}, { owner: 'web', environment: 'prod' }],
    ['is said by its own tags before those of what is attached', { team: 'a' }, { owner: 'b' }, { owner: 'a' }],
    [
      'is said by what is attached, where its own say nothing',
      {},
      { team: 'b', Stage: 'dev' },
      { owner: 'b', environment: 'dev' },
    ],
    ['is nobody where the tag is empty', { owner: '' }, {}, {}],
  ];
  test.each(cases)('%s', (_, own, attached, expected) => {
    expect(toOwner(tags(own), success([tags(attached)]))).toMatchObject({ value: { ...expected, tags: tags(own) } });
  });

  test('is all that instances say, where they say several things, one of them nothing', () => {
    const instances = [{ env: 'dev', owner: 'web' }, { env: 'prod', owner: 'web' }, { owner: 'web' }].map(tags);
    expect(toOwner([], success(instances))).toMatchObject({
      value: { owner: 'web', environment: 'dev', environments: ['dev', 'prod', ''] },
    });
    expect(toOwner([], success(instances))).not.toHaveProperty('value.owners');
  });

  test('is not known where its own tags do not say all, and those of what is attached could not be read', () => {
    expect(toOwner(tags({ owner: 'web' }), failure('denied'))).toEqual(unknown('denied'));
    expect(toOwner(tags({ owner: 'web', env: 'prod' }), failure('denied'))).toMatchObject({ known: true });
  });
});

describe('what manages a target', () => {
  const openedWith = (tool: 'terraform' | 'cdk' | 'console') =>
    known({ who: 'x', at: '2026-11-01T00:00:00Z', from: '192.0.2.1', with: tool, eventId: 'e' });
  const stack = { 'aws:cloudformation:stack-name': 'web', 'aws:cloudformation:logical-id': 'Sg1' };
  const cases: readonly [string, ManagedTarget, ManagedBy][] = [
    ['a stack, by its tags', { tags: tags(stack) }, { by: 'cloudformation', name: 'web', logicalId: 'Sg1' }],
    [
      'CDK, by a stack that CDK opened',
      { tags: tags(stack), openedBy: openedWith('cdk') },
      { by: 'cdk', name: 'web', logicalId: 'Sg1' },
    ],
    ['Terraform, by a tag', { tags: tags({ ManagedBy: 'Terraform' }) }, { by: 'terraform' }],
    ['Terraform, by who opened it', { tags: [], openedBy: openedWith('terraform') }, { by: 'terraform' }],
    [
      'Firewall Manager, by the name',
      { tags: [], name: 'FMManagedSecurityGroup1' },
      { by: 'firewall-manager', name: 'FMManagedSecurityGroup1' },
    ],
    ['nobody that is seen, in the console', { tags: [], openedBy: openedWith('console') }, { by: 'none-seen' }],
    [
      'nobody, though a tag says that Terraform is not used',
      { tags: tags({ terraform: 'false' }) },
      { by: 'none-seen' },
    ],
  ];
  test('is not known where nothing is seen and nobody knows who opened it', () => {
    expect(toManagedBy({ tags: [], openedBy: unknown('denied') })).toEqual(
      unknown(
        'no tag or name of CloudFormation, Terraform or Firewall Manager, and who opened it is not known: denied',
      ),
    );
  });
  test.each(cases)('%s', (_, target, expected) => {
    expect(toManagedBy(target)).toMatchObject({ known: true, value: expected });
  });
});
