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

const LATER = { ...RULE, name: 'Later', terminal: false, action: { workflow: 'SUPPRESSED', note: 'Accepted' } };
const OF_CSPM = { ...RULE, securityHub: 'cspm' };

test('with both Security Hubs a rule is made for each: CSPM’s in every Region, V2’s in the home Region alone', () => {
  const { rules, templates } = synthesize(exampleWith({ securityHub: 'both', automationRules: [LATER, OF_CSPM] }));
  const counts = templates.rules.map((template) =>
    resourcesOf(template)
      .map(({ type }) => type)
      .sort(),
  );
  expect(rules.map(({ region }) => region)).toEqual(['eu-central-1', 'us-east-1']);
  expect(counts).toEqual([
    ['AWS::SecurityHub::AutomationRule', 'AWS::SecurityHub::AutomationRule', 'AWS::SecurityHub::AutomationRuleV2'],
    ['AWS::SecurityHub::AutomationRule', 'AWS::SecurityHub::AutomationRule'],
  ]);
});

test('with V2 alone there are its rules in its home Region, and none of CSPM', () => {
  const { rules, templates } = synthesize(exampleWith({ securityHub: 'v2', automationRules: [LATER] }));
  expect(rules.map(({ region }) => region)).toEqual(['eu-central-1']);
  const [template] = templates.rules;
  expect(template && resourcesOf(template).map(({ type, properties }) => [type, properties])).toEqual([
    [
      'AWS::SecurityHub::AutomationRuleV2',
      {
        ...{ RuleName: 'Portcullis: Later', RuleOrder: 20, RuleStatus: 'ENABLED' },
        Description: 'Bastions are watched otherwise',
        Criteria: {
          OcsfFindingCriteria: {
            CompositeOperator: 'AND',
            CompositeFilters: [
              {
                Operator: 'OR',
                StringFilters: [
                  { FieldName: 'compliance.control', Filter: { Comparison: 'EQUALS', Value: 'S3.1' } },
                  { FieldName: 'compliance.control', Filter: { Comparison: 'PREFIX', Value: 'RDS.' } },
                ],
              },
              {
                Operator: 'OR',
                MapFilters: [
                  { FieldName: 'resources.tags', Filter: { Comparison: 'EQUALS', Key: 'role', Value: 'bastion' } },
                ],
              },
            ],
          },
        },
        Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: { Comment: 'Accepted', StatusId: 3 } }],
      },
    ],
  ]);
});

test('templates of rules are rules like others: changed in place, gone when they leave the configuration', () => {
  const entry = { name: 'Production first', order: 10, severity: 'CRITICAL', accounts: ['222222222222'] };
  const made = (raiseSeverity: readonly object[]) => {
    const [template] = synthesize(exampleWith({ automationRules: [RULE], ruleTemplates: { raiseSeverity } })).templates
      .rules;
    return template ? resourcesOf(template) : [];
  };
  const idOf = (rules: ReturnType<typeof made>, order: number) =>
    rules.find(({ properties }) => properties['RuleOrder'] === order)?.logicalId;
  expect(idOf(made([entry]), 10)).toBe(idOf(made([{ ...entry, order: 11, severity: 'HIGH' }]), 11));
  expect(made([])).toHaveLength(1);
});
