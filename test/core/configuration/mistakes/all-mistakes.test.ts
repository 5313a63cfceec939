import { parseConfiguration } from '../../../../src/core/configuration/parse-configuration';

const VALID = {
  organizationId: 'o-a1b2c3d4e5',
  hub: { account: '111111111111', aggregationRegion: 'eu-central-1' },
  members: { primaryRegion: 'eu-central-1', regions: ['eu-central-1'] },
};

const mistakesIn = (changes: object) => {
  const parsed = parseConfiguration({ ...VALID, ...changes });
  return parsed.ok ? [] : parsed.error.map(({ path, message }) => `${path}: ${message}`);
};

const NEVER = 'is not one of members.regions, so that it never matches';
const covered = (entry: string) => `is never reached: ${entry} before it matches all that it matches`;

test.each<readonly [string, object, readonly string[]]>([
  [
    'an entry that is never reached is shown beside one with a misspelt value, by its own place',
    { decisions: [{ when: { used: ['never'] }, do: 'auto' }, { do: 'ask' }, { do: 'auto' }] },
    ['decisions[0].when.used[0]: is not valid', `decisions[2]: ${covered('policy entry 1')}`],
  ],
  [
    'what an entry holds beside its misspelt value is shown too',
    { decisions: [{ when: { used: ['never'] }, do: 'auto', ask: { within: '24h' } }] },
    ['decisions[0].when.used[0]: is not valid', expect.stringMatching(/^decisions\[0\]\.ask: /) as string],
  ],
  [
    'a condition that can never be met, a name twice and a Region of nobody, beside a misspelt prefix',
    {
      prefix: 'x',
      decisions: [
        { name: 'a', when: { used: ['flows'], any: true }, do: 'auto' },
        { name: 'a', when: { regions: ['us-east-1'] }, do: 'notify' },
      ],
    },
    [
      'prefix: is not valid',
      'decisions[0].when.any: chooses between facts, and fewer than two are asked for',
      'decisions[1].name: names two entries',
      `decisions[1].when.regions[0]: ${NEVER}`,
    ],
  ],
  [
    'nothing is said of Regions that nobody can know',
    { members: { primaryRegion: 'eu-central-1' }, decisions: [{ when: { regions: ['us-east-1'] }, do: 'ask' }] },
    ['members.regions: is missing'],
  ],
  [
    'a value that is missing for its own mistake is not told as a mistake of another kind',
    { decisions: [{ when: { used: ['never'], reachable: ['no'], any: true }, do: 'auto' }] },
    ['decisions[0].when.used[0]: is not valid'],
  ],
  [
    'a filter that takes out all that it puts in',
    {
      automatic: [
        {
          controls: ['EC2.13'],
          include: { accounts: ['222222222222'], tags: [{ key: 'env', value: 'test' }] },
          exclude: { accounts: ['333333333333', '222222222222'], tags: [{ key: 'env' }] },
        },
        {
          controls: ['EC2.14'],
          include: { accounts: ['222222222222', '333333333333'], tags: [{ key: 'env' }] },
          exclude: { accounts: ['222222222222'], tags: [{ key: 'env', value: 'production' }] },
        },
      ],
    },
    [
      'automatic[0].exclude.accounts: names all that include names, so that the entry closes nothing',
      'automatic[0].exclude.tags: names all that include names, so that the entry closes nothing',
    ],
  ],
  [
    'subnets, which no security group is on, for controls that are about security groups alone',
    {
      decisions: [
        { when: { attachedTo: ['subnet'], controls: ['EC2.13'] }, do: 'auto' },
        { when: { attachedTo: ['subnet', 'nothing'], controls: ['EC2.13'] }, do: 'auto' },
        { when: { attachedTo: ['subnet'], controls: ['EC2.13', 'EC2.21'] }, do: 'auto' },
      ],
    },
    [
      'decisions[0].when.attachedTo: is never met: a security group is on no subnet, and none of the controls is about network ACLs',
    ],
  ],
  [
    'automatic beside decisions, beside a key that nobody knows',
    { automatic: ['EC2.13'], decisions: [{ do: 'notify' }], decision: [] },
    ['decision: is not a known key', 'automatic: decides nothing beside decisions'],
  ],
])('%s', (_, changes, expected) => {
  expect([...mistakesIn(changes)].sort()).toEqual([...expected].sort());
});
