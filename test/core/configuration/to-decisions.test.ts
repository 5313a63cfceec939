import type { AutomaticEntry } from '../../../src/core/configuration/schema/automatic-schema';
import { controlsOfInterest } from '../../../src/core/configuration/controls-of-interest';
import { parseConfiguration } from '../../../src/core/configuration/parse-configuration';
import { toDecisions } from '../../../src/core/configuration/to-decisions';
import type { Context } from '../../../src/core/context/context';
import { unknown } from '../../../src/core/context/fact';
import { decideByPolicy } from '../../../src/core/policy/decide-by-policy';
import type { PolicyFacts } from '../../../src/core/policy/match-conditions';
import { KNOWN_CONTEXT } from '../policy/known-context';

const OFF = [{ key: 'portcullis:automatic', value: 'off' }];

const FILTERED: readonly AutomaticEntry[] = [
  'EC2.54',
  {
    controls: ['EC2.13'],
    include: { organizationalUnits: ['ou-ab12-00000000'], regions: ['eu-central-1'] },
    exclude: { tags: OFF, accounts: ['333333333333'], severities: ['CRITICAL'] },
  },
  { controls: ['EC2.13'], include: { accounts: ['333333333333', '444444444444'] } },
];

interface Target extends Partial<Omit<PolicyFacts, 'context'>> {
  readonly context?: Partial<Context>;
}

const decide = ({ context, ...over }: Target) =>
  decideByPolicy(
    {
      control: 'EC2.13',
      account: '222222222222',
      region: 'eu-central-1',
      severity: 'HIGH',
      tags: [],
      context: { ...KNOWN_CONTEXT, ...context },
      ...over,
    },
    toDecisions({ automatic: FILTERED, decisions: [] }),
  );

test.each<readonly [string, string, string, Target]>([
  ['a target that is included', 'auto', 'automatic', {}],
  ['a control that is listed alone', 'auto', 'automatic', { control: 'EC2.54', region: 'us-east-1' }],
  ['a Region that is not included', 'notify', 'automatic, but not included', { region: 'us-east-1' }],
  ['an account that another entry includes', 'auto', 'automatic', { account: '444444444444', region: 'us-east-1' }],
  [
    'an account that one entry excludes, whatever another includes',
    'notify',
    'automatic, but excluded by accounts',
    { account: '333333333333' },
  ],
  [
    'a tag that excludes',
    'notify',
    'automatic, but excluded by tags',
    { tags: [{ Key: OFF[0]?.key ?? '', Value: 'off' }] },
  ],
  ['a severity that excludes', 'notify', 'automatic, but excluded by severities', { severity: 'CRITICAL' }],
  ['tags that cannot be read', 'ask', 'automatic, but excluded by tags', { tags: undefined }],
  ['units that cannot be read', 'ask', 'automatic', { context: { account: unknown('denied') } }],
  [
    'a unit that is not included',
    'notify',
    'automatic, but not included',
    {
      context: {
        account: {
          ...KNOWN_CONTEXT.account,
          value: { name: '', organizationalUnits: ['r-ab12'] },
        } as Context['account'],
      },
    },
  ],
])('%s: %s', (_, mode, name, target) => {
  expect(decide(target)).toMatchObject({ mode, entry: `policy entry "${name}"` });
});

test('controls that are listed alone need no entries', () => {
  expect(toDecisions({ automatic: ['EC2.13'], decisions: [] })).toEqual([]);
});

test('findings of every control that is automatic for some come', () => {
  expect(controlsOfInterest({ automatic: [...FILTERED], decisions: [] })).toEqual(['EC2.54', 'EC2.13']);
});

describe('mistakes in filters', () => {
  const mistakesOf = (automatic: unknown, decisions: unknown = []) => {
    const parsed = parseConfiguration({
      organizationId: 'o-a1b2c3d4e5',
      hub: { account: '111111111111', aggregationRegion: 'eu-central-1' },
      members: { primaryRegion: 'eu-central-1', regions: ['eu-central-1'] },
      automatic,
      decisions,
    });
    return parsed.ok ? [] : parsed.error.map(({ path, message }) => `${path}: ${message}`);
  };

  test.each<readonly [string, unknown, readonly string[]]>([
    ['none', [{ controls: ['EC2.13'], exclude: { tags: OFF } }], []],
    ['a control that nobody closes', ['EC2.13', 'EC2.182'], ['automatic[1]: is not valid']],
    [
      'everything in one entry',
      [{ controls: ['EC2.1'], exclude: { tag: OFF, accounts: [1] } }],
      [
        'automatic[0].controls[0]: is not valid',
        'automatic[0].exclude.accounts[0]: is not valid',
        'automatic[0].exclude.tag: is not a known key',
      ],
    ],
    [
      'a Region that is not deployed',
      [{ controls: ['EC2.13'], exclude: { regions: ['us-east-1'] } }],
      ['automatic[0].exclude.regions[0]: is not one of members.regions, so that it never matches'],
    ],
    [
      'a control that another entry takes whole',
      ['EC2.13', { controls: ['EC2.13', 'EC2.14'], include: { accounts: ['222222222222'] } }],
      ['automatic[1].controls: names EC2.13, which another entry takes without include'],
    ],
  ])('%s', (_, automatic, expected) => {
    expect(mistakesOf(automatic)).toEqual(expected);
  });

  test('automatic beside decisions', () => {
    expect(mistakesOf(['EC2.13'], [{ do: 'notify' }])).toEqual(['automatic: decides nothing beside decisions']);
  });
});
