import { parseConfiguration } from '../../../src/core/configuration/parse-configuration';
import { toDeciding } from '../../../src/core/configuration/to-deciding';

const REQUIRED = {
  organizationId: 'o-a1b2c3d4e5',
  hub: { account: '111111111111', aggregationRegion: 'eu-central-1' },
  members: { primaryRegion: 'eu-central-1', regions: ['eu-central-1'] },
};

const EXCEPTION = {
  account: '222222222222',
  target: 'sg-0123456789abcdef0',
  controls: ['EC2.19'],
  ports: [8080],
  sources: ['0.0.0.0/0'],
  reason: 'public demo',
  until: '2027-01-31',
};

test.each([
  ['nothing automatic', {}],
  [
    'automatic with a filter, guards and an exception',
    {
      automatic: [
        'EC2.13',
        { controls: ['EC2.14'], exclude: { tags: [{ key: 'portcullis:automatic', value: 'off' }] } },
      ],
      guards: { protectionTag: 'portcullis:protect', lastWayIn: false },
      exceptions: [EXCEPTION],
    },
  ],
  [
    'entries with facts and terms of a question',
    {
      decisions: [
        { name: 'unused', when: { used: ['none-seen'], reachable: ['no'], any: true }, do: 'auto' },
        { when: { severities: ['HIGH'] }, do: 'ask', ask: { approvers: ['slack:S0123ABCD'], within: '24h' } },
        { do: 'notify' },
      ],
    },
  ],
])('What decides, read again as a file of its own, decides the same: %s', (_, more) => {
  const configuration = parseConfiguration({ ...REQUIRED, ...more });
  if (!configuration.ok) throw new Error(JSON.stringify(configuration.error));
  const deciding = toDeciding(configuration.value);
  const again = parseConfiguration(JSON.parse(JSON.stringify(deciding)));
  if (!again.ok) throw new Error(JSON.stringify(again.error));
  expect(toDeciding(again.value)).toEqual(deciding);
});
