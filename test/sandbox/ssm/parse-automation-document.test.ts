import { parseAutomationDocument } from '../../../sandbox/ssm/parse-automation-document';
import { thrownBy } from '../small-sandbox';

const step = (changes: object = {}) => ({
  name: 'first',
  action: 'aws:executeAwsApi',
  inputs: { Service: 'ec2', Api: 'DescribeSecurityGroups' },
  ...changes,
});
const document = (changes: object = {}) => ({ schemaVersion: '0.3', mainSteps: [step()], ...changes });

test('reads YAML, and JSON as YAML', () => {
  const yaml = 'schemaVersion: "0.3"\nmainSteps:\n- name: first\n  action: aws:sleep\n  inputs: { Duration: PT1S }\n';
  expect(parseAutomationDocument(yaml, 'YAML').mainSteps).toMatchObject([{ name: 'first', onFailure: 'Abort' }]);
  expect(parseAutomationDocument(JSON.stringify(document()), 'YAML').mainSteps).toHaveLength(1);
});

test('types of AWS resources are texts and lists of texts', () => {
  const parameters = {
    Role: { type: 'AWS::IAM::Role::Arn' },
    Groups: { type: 'List<AWS::EC2::SecurityGroup::Id>' },
  };
  expect(parseAutomationDocument(JSON.stringify(document({ parameters })), 'JSON').parameters).toMatchObject({
    Role: { type: 'String' },
    Groups: { type: 'StringList' },
  });
});

const invalid: readonly [name: string, content: object, problem: string][] = [
  ['another schema version', document({ schemaVersion: '2.2' }), 'schemaVersion'],
  ['a key that does not exist', document({ mainStep: [] }), 'mainStep'],
  ['no step', document({ mainSteps: [] }), 'mainSteps'],
  ['an unknown action', document({ mainSteps: [step({ action: 'aws:doIt' })] }), 'not a supported action'],
  ['an unknown key of a step', document({ mainSteps: [step({ next: 'x' })] }), 'next'],
  ['an unknown parameter type', document({ parameters: { A: { type: 'Number' } } }), 'parameters.A.type'],
  ['a default of another type', document({ parameters: { A: { type: 'Integer', default: '1' } } }), 'Parameter A'],
  ['a next step that is none', document({ mainSteps: [step({ nextStep: 'nowhere' })] }), 'nowhere'],
  ['a failure step that is none', document({ mainSteps: [step({ onFailure: 'step:nowhere' })] }), 'nowhere'],
  [
    'a branch to nowhere',
    document({ mainSteps: [step({ action: 'aws:branch', inputs: { Choices: [], Default: 'nowhere' } })] }),
    'nowhere',
  ],
  ['two steps of one name', document({ mainSteps: [step(), step()] }), 'more than once'],
  ['a parameter that is not declared', document({ mainSteps: [step({ inputs: { A: ['{{ B }}'] } })] }), '{{ B }}'],
  ['an assume role that is not declared', document({ assumeRole: '{{ Role }}' }), '{{ Role }}'],
  ['an output that no step has', document({ outputs: ['first.Id'] }), 'no output Id'],
  ['an output of no step', document({ outputs: ['other.Id'] }), 'other is no step'],
];

test.each(invalid)('%s is refused', (_name, content, problem) => {
  expect(thrownBy(() => parseAutomationDocument(JSON.stringify(content), 'JSON'))).toMatchObject({
    code: 'InvalidDocumentContent',
    message: expect.stringContaining(problem) as string,
  });
});

test('content that is not JSON, and content over 64 KB', () => {
  expect(thrownBy(() => parseAutomationDocument('{', 'JSON'))).toMatchObject({ code: 'InvalidDocumentContent' });
  expect(thrownBy(() => parseAutomationDocument(' '.repeat(65_537), 'JSON'))).toMatchObject({
    code: 'MaxDocumentSizeExceeded',
  });
});
