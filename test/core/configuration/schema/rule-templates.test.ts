import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { parseConfiguration, renderMistake } from '../../../../src/core/configuration/parse-configuration';
import { toAutomationRules } from '../../../../src/core/configuration/to-automation-rules';
import { toV2Rule } from '../../../../src/core/configuration/to-v2-rule';
import { EXAMPLE_FILE } from '../../../../stacks/config';

function parsed(changes: Readonly<Record<string, unknown>>) {
  const example: unknown = parse(readFileSync(EXAMPLE_FILE, 'utf8'));
  return parseConfiguration({ ...(example as object), automationRules: [], ...changes });
}

function mistakes(changes: Readonly<Record<string, unknown>>): readonly string[] {
  const result = parsed(changes);
  return result.ok ? [] : result.error.map(renderMistake);
}

function rulesOf(changes: Readonly<Record<string, unknown>>) {
  const result = parsed(changes);
  if (!result.ok) throw new Error(result.error.map(renderMistake).join('\n'));
  return toAutomationRules(result.value).map(({ rule }) => rule);
}

const RAISE = { name: 'Production first', order: 10, severity: 'HIGH', tags: [{ key: 'stage', value: 'prod' }] };
const SUPPRESS = {
  ...{ name: 'Public site', order: 20, controls: ['S3.8'], resources: ['arn:aws:s3:::site'] },
  ...{ reason: 'a web site', until: '2027-01-31' },
};
const NOTE = { name: 'Who owns S3', order: 30, controls: ['S3.8'], note: 'Ask #storage first.' };
const RULE = {
  ...{ name: 'Own', description: 'x', order: 1 },
  ...{ criteria: { ComplianceSecurityControlId: ['S3.8'] }, action: { severity: 'LOW' } },
};

test('raiseSeverity raises what fails in accounts or by tags, and lowers nothing', () => {
  expect(rulesOf({ ruleTemplates: { raiseSeverity: [RAISE] } })).toEqual([
    {
      ...{ name: 'Production first', order: 10, description: expect.any(String) as string },
      ...{ terminal: false, enabled: true },
      criteria: {
        ComplianceSecurityControlId: ['EC2.2', 'EC2.13', 'EC2.14', 'EC2.18', 'EC2.19', 'EC2.21', 'EC2.53', 'EC2.54'],
        ResourceTags: [{ key: 'stage', comparison: 'EQUALS', value: 'prod' }],
        ComplianceStatus: ['FAILED'],
        RecordState: ['ACTIVE'],
        SeverityLabel: ['INFORMATIONAL', 'LOW', 'MEDIUM'],
      },
      action: { severity: 'HIGH' },
    },
  ]);
});

test('suppressUntil ends by itself: one rule suppresses until the day, one makes what that suppressed NEW from it on', () => {
  const [suppresses, ends, ...others] = rulesOf({ ruleTemplates: { suppressUntil: [SUPPRESS] } });
  expect(others).toEqual([]);
  expect(suppresses).toMatchObject({
    criteria: { UpdatedAt: [{ end: '2027-01-31T00:00:00Z' }], WorkflowStatus: ['NEW', 'NOTIFIED'] },
    action: { workflow: 'SUPPRESSED' },
  });
  expect(ends).toMatchObject({
    name: 'Public site (end)',
    criteria: {
      UpdatedAt: [{ start: '2027-01-31T00:00:00Z' }],
      WorkflowStatus: ['SUPPRESSED'],
      NoteText: [suppresses?.action.note],
      ResourceId: ['arn:aws:s3:::site'],
    },
    action: { workflow: 'NEW' },
  });
  expect(ends?.action.note).not.toBe(suppresses?.action.note);
});

test('what templates make, both Security Hubs take, but what is accepted until a day: that ends in CSPM alone', () => {
  const rules = rulesOf({
    securityHub: 'both',
    ruleTemplates: { raiseSeverity: [RAISE], suppressUntil: [{ ...SUPPRESS, securityHub: 'cspm' }], notes: [NOTE] },
  });
  expect(rules).toHaveLength(4);
  const shown = rules.map((rule) => [rule.securityHub, toV2Rule(rule).ok]);
  expect(shown).toEqual([
    [undefined, true],
    ['cspm', false],
    ['cspm', false],
    [undefined, true],
  ]);
  expect(mistakes({ securityHub: 'v2', ruleTemplates: { suppressUntil: [SUPPRESS] } })).toContainEqual(
    expect.stringMatching(/^ruleTemplates\.suppressUntil\[0\]: .*CSPM alone.*securityHub: both/),
  );
});

test('with both Security Hubs whoever accepts until a day says that the end is CSPM’s', () => {
  const withEntry = (entry: object) => mistakes({ securityHub: 'both', ruleTemplates: { suppressUntil: [entry] } });
  expect(withEntry(SUPPRESS)).toEqual([
    expect.stringMatching(/^ruleTemplates\.suppressUntil\[0\]: .*in CSPM alone.*write securityHub: cspm in the entry/),
  ]);
  expect(withEntry({ ...SUPPRESS, securityHub: 'cspm' })).toEqual([]);
  expect(withEntry({ ...SUPPRESS, securityHub: 'v2' })).toEqual([expect.stringMatching(/write cspm, or leave it out/)]);
});

test.each([
  [
    'a severity for every account',
    { raiseSeverity: [{ ...RAISE, tags: undefined }] },
    /raiseSeverity\[0\].*accounts or tags/,
  ],
  [
    'an acceptance of everything',
    { suppressUntil: [{ ...SUPPRESS, resources: undefined }] },
    /suppressUntil\[0\].*name acc/,
  ],
  [
    'an acceptance of what Portcullis closes',
    { suppressUntil: [{ ...SUPPRESS, controls: ['S3.8', 'EC2.19'] }] },
    /suppressUntil\[0\]\.controls\[1\]: "EC2.19".*exceptions/,
  ],
  [
    'a note on what Portcullis closes',
    { notes: [{ ...NOTE, controls: ['EC2.13'] }] },
    /notes\[0\]\.controls\[0\].*exceptions/,
  ],
  ['a day that is none', { suppressUntil: [{ ...SUPPRESS, until: '2027-02-30' }] }, /until: "2027-02-30" is no day/],
  ['an unknown template', { suppress: [] }, /ruleTemplates\.suppress/],
  [
    'a name twice',
    { raiseSeverity: [RAISE], notes: [{ ...NOTE, name: RAISE.name }] },
    /ruleTemplates\.notes\[0\]\.name: "Production first" is the name of another rule/,
  ],
])('%s is refused where it stands, with the fix', (_, ruleTemplates, message) => {
  expect(mistakes({ ruleTemplates: JSON.parse(JSON.stringify(ruleTemplates)) as unknown })).toContainEqual(
    expect.stringMatching(message),
  );
});

test('more than 100 rules with those of the templates are refused, with how many there are', () => {
  const automationRules = Array.from({ length: 99 }, (_, at) => ({ ...RULE, name: `rule ${String(at)}` }));
  expect(mistakes({ automationRules, ruleTemplates: { notes: [NOTE] } })).toEqual([]);
  expect(mistakes({ automationRules, ruleTemplates: { suppressUntil: [SUPPRESS] } })).toEqual([
    expect.stringMatching(/^ruleTemplates: .*101 rules.*write fewer/),
  ]);
});

test.each([
  ['a status', { criteria: { WorkflowStatus: ['NEW'] } }, 'criteria.WorkflowStatus'],
  ['a field that V2 is not asked for', { criteria: { GeneratorId: ['x'] } }, 'criteria.GeneratorId'],
  ['a word that V2 does not have', { criteria: { ComplianceStatus: ['NOT_AVAILABLE'] } }, 'criteria.ComplianceStatus'],
  [
    'a part of a word',
    { criteria: { SeverityLabel: [{ comparison: 'PREFIX', value: 'HIGH' }] } },
    'criteria.SeverityLabel',
  ],
  [
    'more than 20 accounts',
    { criteria: { AwsAccountId: Array.from({ length: 21 }, (_, n) => `id ${String(n)}`) } },
    'criteria.AwsAccountId',
  ],
  ['an end of the rules', { terminal: true }, 'terminal'],
  ['a long description', { description: 'x'.repeat(257) }, 'description'],
  ['user-defined fields', { action: { userDefinedFields: { owner: 'x' } } }, 'action.userDefinedFields'],
])('a rule with %s is refused for V2, and taken where it is CSPM’s alone', (_, change, path) => {
  const rule = { ...RULE, ...change };
  const at = new RegExp(`^automationRules\\[0\\]\\.${path.replace('.', '\\.')}: .*securityHub: cspm in the rule`);
  expect(mistakes({ securityHub: 'both', automationRules: [rule] })).toEqual([expect.stringMatching(at)]);
  expect(mistakes({ securityHub: 'both', automationRules: [{ ...rule, securityHub: 'cspm' }] })).toEqual([]);
  expect(mistakes({ securityHub: 'cspm', automationRules: [rule] })).toEqual([]);
});

test('a rule of a Security Hub that nobody looks at, and Regions that V2 does not have, are refused', () => {
  expect(mistakes({ automationRules: [{ ...RULE, securityHub: 'v2' }] })).toEqual([
    expect.stringMatching(/^automationRules\[0\]\.securityHub: "v2" .*nobody gets the rule/),
  ]);
  expect(mistakes({ securityHub: 'v2', automationRules: [RULE], automationRuleRegions: ['eu-central-1'] })).toEqual([
    expect.stringMatching(/^automationRuleRegions: .*securityHub: both/),
  ]);
});

test('V2 has its own names: words of OCSF, ids of EC2 beside ARNs, what must not be joined by AND', () => {
  const criteria = {
    ...{ RecordState: ['ACTIVE'], SeverityLabel: ['HIGH'], ResourceType: ['AwsEc2SecurityGroup'] },
    ResourceId: ['arn:aws:ec2:eu-central-1:222222222222:security-group/sg-0123456789abcdef0'],
    Title: ['Open', { comparison: 'NOT_CONTAINS', value: 'draft' }, { comparison: 'NOT_CONTAINS', value: 'test' }],
  };
  const [rule] = rulesOf({ automationRules: [{ ...RULE, criteria }] });
  const made = rule && toV2Rule(rule);
  const shown = made?.ok
    ? made.value.composites.map(({ stringFilters = [], operator }) => [
        operator,
        ...stringFilters.map(({ fieldName, filter }) => `${fieldName} ${filter.comparison} ${filter.value}`),
      ])
    : made;
  expect(shown).toEqual([
    ['AND', 'activity_name NOT_EQUALS Close'],
    [
      ...['OR', 'resources.uid EQUALS sg-0123456789abcdef0'],
      'resources.uid EQUALS arn:aws:ec2:eu-central-1:222222222222:security-group/sg-0123456789abcdef0',
    ],
    ['OR', 'resources.type EQUALS AWS::EC2::SecurityGroup'],
    ['OR', 'vendor_attributes.severity EQUALS High'],
    ['OR', 'finding_info.title EQUALS Open'],
    ['AND', 'finding_info.title NOT_CONTAINS draft', 'finding_info.title NOT_CONTAINS test'],
  ]);
});
