import { namedUnits } from '../../../src/core/configuration/named-units';
import { exampleWith } from '../../stacks/synthesized';

test('every unit that a configuration names, wherever it does, with the keys that name it', () => {
  const [a, b, c] = ['ou-ab12-aaaaaaaa', 'ou-ab12-bbbbbbbb', 'ou-ab12-cccccccc'];
  const filters = {
    automatic: [
      { controls: ['EC2.13'], include: { organizationalUnits: ['r-ab12'] }, exclude: { organizationalUnits: [a] } },
    ],
    rollout: { account: '999999999999', organizationalUnits: [a] },
    notifications: { webhook: { url: 'https://example.com/hook', organizationalUnits: [b] } },
  };
  expect(namedUnits(exampleWith(filters))).toEqual(
    expect.arrayContaining([
      { id: a, where: ['rollout.organizationalUnits', 'automatic[0].exclude.organizationalUnits'] },
      { id: 'r-ab12', where: ['automatic[0].include.organizationalUnits'] },
      { id: b, where: ['notifications.webhook.organizationalUnits'] },
    ]),
  );
  const decisions = [{ when: { organizationalUnits: [c] }, do: 'ask' }];
  expect(namedUnits(exampleWith({ decisions }))).toEqual([{ id: c, where: ['decisions[0].when.organizationalUnits'] }]);
  expect(namedUnits(exampleWith())).toEqual([]);
});
