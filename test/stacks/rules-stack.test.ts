import { exampleWith, resourcesOf, synthesize } from './synthesized';

const RULE = {
  name: 'Suppress accepted bastions',
  description: 'Bastions are watched otherwise',
  order: 20,
  terminal: true,
  criteria: {
    ComplianceSecurityControlId: ['S3.1', { comparison: 'PREFIX', value: 'RDS.' }],
    ResourceTags: [{ key: 'role', value: 'bastion' }],
  },
  action: { workflow: 'SUPPRESSED', note: 'Accepted', userDefinedFields: { owner: 'platform' } },
};

test('every configured Region gets every rule, in the administrator account', () => {
  const { rules, templates } = synthesize(
    exampleWith({
      automationRules: [RULE, { ...RULE, name: 'Other' }],
      automationRuleRegions: ['eu-west-1', 'us-west-2'],
    }),
  );
  expect(rules.map(({ stackName, account, region }) => ({ stackName, account, region }))).toEqual([
    { stackName: 'Portcullis-Rules-eu-west-1', account: '111111111111', region: 'eu-west-1' },
    { stackName: 'Portcullis-Rules-us-west-2', account: '111111111111', region: 'us-west-2' },
  ]);
  for (const template of templates.rules) template.resourceCountIs('AWS::SecurityHub::AutomationRule', 2);
});

test('rules go to the Regions of the members unless others are named', () => {
  const { rules } = synthesize(exampleWith({ automationRules: [RULE] }));
  expect(rules.map(({ region }) => region)).toEqual(['eu-central-1', 'us-east-1']);
});

test('without rules there is no stack', () => {
  expect(synthesize(exampleWith({ automationRules: [] })).rules).toEqual([]);
});

test('a rule is Security Hub’s own, with its order, its end and exactly one action', () => {
  const [template] = synthesize(exampleWith({ automationRules: [RULE] })).templates.rules;
  expect(template && resourcesOf(template)[0]?.properties).toEqual({
    RuleName: 'Portcullis: Suppress accepted bastions',
    Description: 'Bastions are watched otherwise',
    RuleOrder: 20,
    IsTerminal: true,
    RuleStatus: 'ENABLED',
    Criteria: {
      ComplianceSecurityControlId: [
        { Comparison: 'EQUALS', Value: 'S3.1' },
        { Comparison: 'PREFIX', Value: 'RDS.' },
      ],
      ResourceTags: [{ Comparison: 'EQUALS', Key: 'role', Value: 'bastion' }],
    },
    Actions: [
      {
        Type: 'FINDING_FIELDS_UPDATE',
        FindingFieldsUpdate: {
          Workflow: { Status: 'SUPPRESSED' },
          Note: { Text: 'Accepted', UpdatedBy: 'Portcullis automation rule' },
          UserDefinedFields: { owner: 'platform' },
        },
      },
    ],
  });
});

test('a rule that moves in the list keeps its logical id, so that it is updated and not made anew', () => {
  const idOf = (automationRules: readonly object[]): string | undefined => {
    const [template] = synthesize(exampleWith({ automationRules })).templates.rules;
    return template && resourcesOf(template).find(({ properties }) => properties['RuleOrder'] === 20)?.logicalId;
  };
  const other = { ...RULE, name: 'First', order: 1 };
  expect(idOf([RULE])).toBe(idOf([other, RULE]));
});

test('names that differ in punctuation only are still two rules', () => {
  const [template] = synthesize(
    exampleWith({ automationRules: [RULE, { ...RULE, name: 'Suppress: accepted bastions!' }] }),
  ).templates.rules;
  expect(template && resourcesOf(template)).toHaveLength(2);
});
