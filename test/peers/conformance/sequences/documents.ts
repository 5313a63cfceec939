import type { Sequence } from '../sequence';

const Content = JSON.stringify({
  schemaVersion: '0.3',
  description: 'Waits',
  parameters: { Seconds: { type: 'String', default: 'PT1S', description: 'How long' } },
  mainSteps: [{ name: 'Wait', action: 'aws:sleep', isEnd: true, inputs: { Duration: '{{ Seconds }}' } }],
});
const Name = 'Peers-Wait';

export const documents: readonly Sequence[] = [
  {
    name: 'Automation documents',
    steps: [
      { call: 'ssm:CreateDocument', input: { Name, Content, DocumentType: 'Automation', DocumentFormat: 'JSON' } },
      {
        call: 'ssm:CreateDocument',
        as: 'the same again',
        input: { Name, Content, DocumentType: 'Automation', DocumentFormat: 'JSON' },
      },
      {
        call: 'ssm:CreateDocument',
        as: 'content that is no JSON',
        input: { Name: 'Peers-Bad', Content: '{', DocumentType: 'Automation', DocumentFormat: 'JSON' },
      },
      {
        call: 'ssm:GetDocument',
        input: { Name },
        compare: ['Name', 'DocumentType', 'DocumentFormat', 'DocumentVersion', 'Status'],
      },
      { call: 'ssm:GetDocument', as: 'a document that is not there', input: { Name: 'Peers-None' } },
      { call: 'ssm:DescribeDocument', input: { Name } },
      { call: 'ssm:ListDocuments', input: { Filters: [{ Key: 'Owner', Values: ['Self'] }] } },
      { call: 'ssm:DeleteDocument', input: { Name } },
      { call: 'ssm:DescribeDocument', as: 'deleted', input: { Name } },
      { call: 'ssm:DeleteDocument', as: 'deleted already', input: { Name } },
    ],
  },
];
