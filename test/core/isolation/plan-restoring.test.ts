import type { SeenInterface } from '../../../src/core/isolation/isolable';
import { planRestoring } from '../../../src/core/isolation/plan-restoring';

const ISOLATING = [{ id: 'sg-iso' }];

const had = (interfaceId: string, ...groups: readonly string[]) => ({ interfaceId, vpcId: 'vpc-1', groups });

function nic(interfaceId: string, ...groups: readonly string[]): SeenInterface {
  return { ...had(interfaceId, ...groups), subnetId: 'subnet-1', tags: [] };
}

type Case = readonly [
  title: string,
  before: readonly ReturnType<typeof had>[],
  now: readonly SeenInterface[],
  existing: readonly string[],
  expected: string,
];

test.each<Case>([
  [
    'gives back exactly what is recorded',
    [had('eni-1', 'sg-1', 'sg-2')],
    [nic('eni-1', 'sg-iso')],
    ['sg-1', 'sg-2'],
    'eni-1 > sg-1+sg-2',
  ],
  ['does nothing where it is all there', [had('eni-1', 'sg-1')], [nic('eni-1', 'sg-1')], ['sg-1'], ''],
  [
    'finds it all there in whatever order',
    [had('eni-1', 'sg-1', 'sg-2')],
    [nic('eni-1', 'sg-2', 'sg-1')],
    ['sg-1', 'sg-2'],
    '',
  ],
  [
    'leaves alone what somebody has changed since',
    [had('eni-1', 'sg-1')],
    [nic('eni-1', 'sg-5')],
    ['sg-1'],
    'isolated-groups-changed',
  ],
  [
    'leaves alone what somebody has added to since',
    [had('eni-1', 'sg-1')],
    [nic('eni-1', 'sg-iso', 'sg-5')],
    ['sg-1'],
    'isolated-groups-changed',
  ],
  [
    'gives back what still exists, and says what does not',
    [had('eni-1', 'sg-1', 'sg-2')],
    [nic('eni-1', 'sg-iso')],
    ['sg-2'],
    'eni-1 > sg-2; recorded-groups-gone',
  ],
  [
    'leaves it isolated where none exists any more',
    [had('eni-1', 'sg-1')],
    [nic('eni-1', 'sg-iso')],
    [],
    'recorded-groups-gone',
  ],
  [
    'asked again, gives back no more of what is gone',
    [had('eni-1', 'sg-1', 'sg-2')],
    [nic('eni-1', 'sg-2')],
    ['sg-2'],
    'recorded-groups-gone',
  ],
  ['says that an interface is gone', [had('eni-1', 'sg-1')], [], ['sg-1'], 'isolated-interface-gone'],
  [
    'judges every interface for itself',
    [had('eni-1', 'sg-1'), had('eni-2', 'sg-1'), had('eni-3', 'sg-1')],
    [nic('eni-1', 'sg-iso'), nic('eni-2', 'sg-5'), nic('eni-3', 'sg-1')],
    ['sg-1'],
    'eni-1 > sg-1; isolated-groups-changed',
  ],
  [
    'does not touch an interface that came since',
    [had('eni-1', 'sg-1')],
    [nic('eni-1', 'sg-1'), nic('eni-2', 'sg-iso')],
    ['sg-1'],
    '',
  ],
])('an undo %s', (_, before, interfaces, existing, expected) => {
  const { steps, leftAlone } = planRestoring(before, ISOLATING, { interfaces, existing });
  const words = [
    ...steps.map(({ interfaceId, groups }) => `${interfaceId} > ${groups.join('+')}`),
    ...leftAlone.map(({ code }) => code),
  ];
  expect(words.join('; ')).toBe(expected);
});
