import { Template } from 'aws-cdk-lib/assertions';
import { exampleWith, resourcesOf, synthesize } from './synthesized';

const rolledOut = { account: '999999999999', organizationalUnits: ['ou-ab12-cdef3456'] };

const without = synthesize();
const isolating = synthesize(exampleWith({ isolation: {} }));

test('the member template is the same with and without isolation', () => {
  expect(isolating.templates.member.toJSON()).toEqual(without.templates.member.toJSON());
});

test('left out, nothing of isolation is there', () => {
  expect(without.isolation).toBeUndefined();
  expect(JSON.stringify(without.templates.hub.toJSON())).not.toMatch(/PortcullisIsolate|ISOLATE/);
});

test('the hub gets the custom action, and the dispatcher knows it', () => {
  isolating.templates.hub.hasResourceProperties('AWS::SecurityHub::ActionTarget', {
    Name: 'Isolate',
    Id: 'PortcullisIsolate',
  });
  expect(JSON.stringify(isolating.templates.hub.toJSON())).toContain('PORTCULLIS_ISOLATE_ACTION_ARN');
});

test('members get two documents, and a policy on each role in the primary Region alone', () => {
  if (isolating.isolation === undefined) throw new Error('there is no stack');
  const template = Template.fromStack(isolating.isolation);
  expect(resourcesOf(template, 'AWS::SSM::Document').map(({ properties }) => properties['Name'])).toEqual([
    'Portcullis-CreateIsolatingSecurityGroup',
    'Portcullis-ReplaceSecurityGroups',
  ]);
  expect(resourcesOf(template, 'AWS::IAM::Policy').map(({ properties }) => properties['Roles'])).toEqual([
    ['Portcullis-Member'],
    ['Portcullis-Runbook'],
  ]);
  template.allResources('AWS::IAM::Policy', { Condition: 'IsPrimaryRegion' });
  expect(JSON.stringify(template.toJSON()).length).toBeLessThan(51_200);
});

test('a group can be made only with our tag, and tagged only as it is made', () => {
  if (isolating.isolation === undefined) throw new Error('there is no stack');
  const text = JSON.stringify(Template.fromStack(isolating.isolation).toJSON());
  expect(text).toContain('"StringEquals":{"aws:RequestTag/portcullis:isolating":"Portcullis-Isolation"}');
  expect(text).toContain('"ec2:CreateAction":"CreateSecurityGroup"');
});

test('a StackSet of its own rolls it out, behind the one of the member stack', () => {
  const { rollout } = synthesize(exampleWith({ isolation: {}, rollout: rolledOut }));
  if (rollout === undefined) throw new Error('there is no rollout');
  const [member, isolation] = resourcesOf(Template.fromStack(rollout), 'AWS::CloudFormation::StackSet');
  expect([member?.properties['StackSetName'], isolation?.properties['StackSetName']]).toEqual([
    'Portcullis-Member',
    'Portcullis-Isolation',
  ]);
  expect(JSON.stringify(isolation?.properties['AutoDeployment'])).toContain(`"${member?.logicalId ?? ''}"`);
});
