import { STEP_TIMEOUT_SECONDS, readIsolationDocuments } from '../../stacks/runbook-documents';
import { parseAutomationDocument } from '../../sandbox/ssm/parse-automation-document';

const documents = readIsolationDocuments();

interface Content {
  readonly parameters: Readonly<Record<string, { readonly allowedPattern?: string; readonly type: string }>>;
  readonly mainSteps: readonly { readonly timeoutSeconds: number; readonly inputs: object }[];
}

const contentOf = (wanted: string) => documents.find(({ name }) => name === wanted)?.content as unknown as Content;

test.each(documents)('$name is a document that the sandbox understands, and passes what it is given', ({ content }) => {
  expect(() => parseAutomationDocument(JSON.stringify(content), 'JSON')).not.toThrow();
  const { parameters, mainSteps } = content as unknown as Content;
  const used = [...JSON.stringify([content['assumeRole'], mainSteps]).matchAll(/\{\{ (\w+) \}\}/g)];
  expect([...new Set(used.map(([, name]) => name))].sort()).toEqual(Object.keys(parameters).sort());
  for (const { timeoutSeconds } of mainSteps) expect(timeoutSeconds).toBe(STEP_TIMEOUT_SECONDS);
  for (const { type, allowedPattern } of Object.values(parameters)) {
    expect(allowedPattern !== undefined).toBe(type === 'String');
  }
});

test('nothing is replaced before it was checked whether an expected group is there', () => {
  const [look, replace] = contentOf('ReplaceSecurityGroups').mainSteps;
  expect(look?.inputs).toMatchObject({ Api: 'DescribeNetworkInterfaces', DesiredValues: ['{{ NetworkInterfaceId }}'] });
  expect(replace?.inputs).toMatchObject({ Api: 'ModifyNetworkInterfaceAttribute', Groups: '{{ Groups }}' });
});

test.each([
  ['Portcullis-Isolation', true],
  ['A1-Isolation', true],
  ['default', false],
  ['Portcullis-Isolation; x', false],
  ['{{ssm:x}}-Isolation', false],
])('a group is made under the name %s: %s', (name, isTaken) => {
  const pattern = contentOf('CreateIsolatingSecurityGroup').parameters['GroupName']?.allowedPattern ?? '';
  expect(new RegExp(pattern).test(name)).toBe(isTaken);
});
