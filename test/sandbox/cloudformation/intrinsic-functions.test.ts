import { NO_VALUE, resolve, UnresolvedValue, type Scope } from '../../../sandbox/cloudformation/intrinsic-functions';

const scope: Scope = {
  ref: (name) => {
    const known: Readonly<Record<string, unknown>> = {
      'AWS::Region': 'eu-central-1',
      'AWS::NoValue': NO_VALUE,
      Queue: 'queue-url',
      Names: ['a', 'b'],
    };
    if (name in known) return known[name];
    throw new Error(`${name} is unknown`);
  },
  attribute: (logicalId, attribute) => `${logicalId}/${attribute}`,
  mapping: (map, top, second) => `${map}-${top}-${second}`,
  condition: (name) => name === 'IsHub',
  importValue: (name) => `imported-${name}`,
  availabilityZones: (region) => [`${region}a`, `${region}b`],
};

const cases: readonly { readonly name: string; readonly value: unknown; readonly becomes: unknown }[] = [
  { name: 'a plain value', value: { a: [1, true, 'x', null] }, becomes: { a: [1, true, 'x', null] } },
  { name: 'Ref', value: { Ref: 'Queue' }, becomes: 'queue-url' },
  { name: 'GetAtt as a list', value: { 'Fn::GetAtt': ['Role', 'Arn'] }, becomes: 'Role/Arn' },
  { name: 'GetAtt as a text', value: { 'Fn::GetAtt': 'Stack.Outputs.Url' }, becomes: 'Stack/Outputs.Url' },
  { name: 'Sub with a text', value: { 'Fn::Sub': 'x-${AWS::Region}-${Role.Arn}' }, becomes: 'x-eu-central-1-Role/Arn' },
  { name: 'Sub leaves ${!…} literal', value: { 'Fn::Sub': '${!Literal} ${Queue}' }, becomes: '${Literal} queue-url' },
  {
    name: 'Sub with a map, whose names come first',
    value: { 'Fn::Sub': ['${Queue}/${Own}', { Own: { Ref: 'AWS::Region' }, Queue: 'mine' }] },
    becomes: 'mine/eu-central-1',
  },
  { name: 'Join', value: { 'Fn::Join': [':', ['arn', { Ref: 'AWS::Region' }]] }, becomes: 'arn:eu-central-1' },
  { name: 'Join of a list parameter', value: { 'Fn::Join': [',', { Ref: 'Names' }] }, becomes: 'a,b' },
  { name: 'Select and Split', value: { 'Fn::Select': [1, { 'Fn::Split': ['|', 'a|b'] }] }, becomes: 'b' },
  { name: 'Select and GetAZs', value: { 'Fn::Select': ['1', { 'Fn::GetAZs': 'us-east-1' }] }, becomes: 'us-east-1b' },
  { name: 'FindInMap', value: { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'k'] }, becomes: 'M-eu-central-1-k' },
  { name: 'Base64', value: { 'Fn::Base64': 'abc' }, becomes: 'YWJj' },
  { name: 'ImportValue', value: { 'Fn::ImportValue': 'Bus' }, becomes: 'imported-Bus' },
  { name: 'If, true', value: { 'Fn::If': ['IsHub', 'yes', { Ref: 'Nothing' }] }, becomes: 'yes' },
  { name: 'If, false', value: { 'Fn::If': ['IsMember', { Ref: 'Nothing' }, 'no'] }, becomes: 'no' },
  {
    name: 'NoValue in a map and in a list',
    value: { kept: 1, gone: { Ref: 'AWS::NoValue' }, list: [1, { 'Fn::If': ['IsHub', { Ref: 'AWS::NoValue' }, 2] }] },
    becomes: { kept: 1, list: [1] },
  },
  {
    name: 'conditions',
    value: {
      'Fn::And': [
        { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-central-1'] },
        { 'Fn::Or': [{ Condition: 'IsMember' }, { Condition: 'IsHub' }] },
        { 'Fn::Not': [{ Condition: 'IsMember' }] },
      ],
    },
    becomes: true,
  },
  {
    name: "an IAM statement's Condition, which is no function",
    value: { Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } } },
    becomes: { Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } } },
  },
];

test.each(cases)('$name is resolved', ({ value, becomes }) => {
  expect(resolve(value, scope)).toEqual(becomes);
});

const failures: readonly {
  readonly name: string;
  readonly value: unknown;
  readonly path: string;
  readonly says: RegExp;
}[] = [
  { name: 'an unknown name', value: { A: { B: { Ref: 'Nobody' } } }, path: 'A.B.Ref', says: /Nobody is unknown/ },
  { name: 'an unknown function', value: { A: { 'Fn::Cidr': [] } }, path: 'A.Fn::Cidr', says: /does not know/ },
  {
    name: 'an index outside',
    value: [{ 'Fn::Select': [2, ['a']] }],
    path: '0.Fn::Select',
    says: /outside a list of 1/,
  },
  { name: 'a list inside a text', value: { 'Fn::Sub': '${Names}' }, path: 'Fn::Sub', says: /a text is expected/ },
  { name: 'a dynamic reference', value: { A: '{{resolve:ssm:/x}}' }, path: 'A', says: /dynamic references/ },
];

test.each(failures)('$name is an error that names its place', ({ value, path, says }) => {
  const run = () => resolve(value, scope);
  expect(run).toThrow(UnresolvedValue);
  expect(run).toThrow(says);
  try {
    run();
  } catch (error) {
    expect(error).toMatchObject({ path });
  }
});
