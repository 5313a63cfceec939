import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { commandLinesIn, documentText, mistakeIn } from './command-lines';

// Every line of a document that somebody may type is taken by what it is typed to: our commands by their own parser, with
// arguments and choices; calls of AWS by the API, operation and options; scripts and stacks by their names.

const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(__dirname, '..', '..', 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];

const LINES = DOCUMENTS.flatMap((file) => commandLinesIn(documentText(file)).map((line) => ({ file, line })));

test('documents show a hundred lines to type', () => {
  expect(LINES.length).toBeGreaterThan(90);
});

test.each(LINES)('$file: $line', ({ line }) => {
  expect(mistakeIn(line)).toBeUndefined();
});

test.each([
  ['portcullis plan --rules rules.json', /--control/],
  ['portcullis plan --rules rules.json --control EC2.13 --format pdf', /--format/],
  ['portcullis brake hold', /./],
  ['npx cdk deploy Portcullis-Hubs', /Portcullis-Hubs/],
  ['npm run bnech', /bnech/],
  ['aws securityhub describe-hubs', /describe-hubs/],
  ['aws ec2 describe-security-group-rules --filter Name=group-id', /--filter/],
  ['npx portcullis doctor', /registry/],
])('%s would be told', (line, mistake) => {
  expect(mistakeIn(line)).toMatch(mistake);
});
