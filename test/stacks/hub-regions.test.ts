import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { statementsOf } from './statements';
import { exampleWith, resourcesOf, synthesize } from './synthesized';

function hubIn(aggregationRegion: string, hub: object = {}) {
  return synthesize(
    exampleWith({
      hub: { account: '111111111111', aggregationRegion, ...hub },
      members: { primaryRegion: aggregationRegion, regions: [aggregationRegion] },
    }),
  );
}

const ireland = hubIn('eu-west-1');

test.each([
  { region: 'eu-central-1', ownType: 4, custom: 0 },
  { region: 'eu-west-1', ownType: 0, custom: 4 },
  { region: 'us-gov-west-1', ownType: 0, custom: 4 },
  { region: 'cn-north-1', ownType: 0, custom: 4 },
])('a hub in $region has $ownType AWS::SecurityHub::ActionTarget and $custom custom resources', (expected) => {
  const { hub } = hubIn(expected.region).templates;
  hub.resourceCountIs('AWS::SecurityHub::ActionTarget', expected.ownType);
  hub.resourceCountIs('Custom::SecurityHubActionTarget', expected.custom);
  hub.resourceCountIs('AWS::Lambda::Function', expected.custom > 0 ? 5 : 4);
});

test('where the type is registered, the function can be chosen all the same', () => {
  const { hub } = hubIn('eu-central-1', { customActions: 'function' }).templates;
  hub.resourceCountIs('AWS::SecurityHub::ActionTarget', 0);
});

test('the two ways to make a custom action have other logical ids: CloudFormation refuses another type under the same one', () => {
  const types = hubIn('eu-central-1').templates.hub;
  const own = resourcesOf(types, 'AWS::SecurityHub::ActionTarget').map(({ logicalId }) => logicalId);
  const custom = resourcesOf(ireland.templates.hub, 'Custom::SecurityHubActionTarget').map(
    ({ logicalId }) => logicalId,
  );
  expect(new Set([...own, ...custom]).size).toBe(8);
});

test('the function that makes custom actions may do that, in its own hub, and write its log', () => {
  const statements = statementsOf(ireland.templates.hub).filter(
    ({ holder, logicalId }) => holder === 'AWS::IAM::Policy' && logicalId.startsWith('CustomActions'),
  );
  expect(statements.map(({ actions, resources }) => [actions, resources])).toEqual([
    [['logs:CreateLogStream', 'logs:PutLogEvents'], [expect.stringMatching(/Logs/)]],
    [
      ['CreateActionTarget', 'DeleteActionTarget', 'DescribeActionTargets', 'UpdateActionTarget'].map(
        (action) => `securityhub:${action}`,
      ),
      ['arn:${AWS::Partition}:securityhub:eu-west-1:111111111111:hub/default'],
    ],
  ]);
});

test('a custom resource waits for the permissions of its function, and no stack waits for it longer than ten minutes', () => {
  const policy = resourcesOf(ireland.templates.hub, 'AWS::IAM::Policy').find(({ logicalId }) =>
    logicalId.startsWith('CustomActions'),
  );
  ireland.templates.hub.allResources('Custom::SecurityHubActionTarget', {
    Properties: { ServiceTimeout: '600' },
    DependsOn: Match.arrayWith([policy?.logicalId]),
  });
});

test.each([
  { region: 'eu-central-1', warned: [] },
  { region: 'us-gov-west-1', warned: ['portcullis:durable-functions'] },
  { region: 'eu-central-2', warned: ['portcullis:aggregation-region', 'portcullis:durable-functions'] },
])('synthesis of a hub in $region warns of $warned, with the fix', ({ region, warned }) => {
  const warnings = Annotations.fromStack(hubIn(region).hub).findWarning('*', Match.stringLikeRegexp(region));
  const texts = warnings.map(({ entry }) => JSON.stringify(entry.data));
  expect(texts.map((text) => /\[ack: (portcullis:[\w-]+)\]/.exec(text)?.[1]).sort()).toEqual(warned);
  for (const text of texts) expect(text).toMatch(/before you deploy|Name the Region/);
});
