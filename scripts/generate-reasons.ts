import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ASK_DOCS, ASK_TEXTS } from '../src/core/reasons/ask-reasons';
import { CLOSING_DOCS, CLOSING_TEXTS } from '../src/core/reasons/closing-reasons';
import { DECISION_DOCS, DECISION_TEXTS } from '../src/core/reasons/decision-reasons';
import { EXCEPTION_DOCS, EXCEPTION_TEXTS } from '../src/core/reasons/exception-reasons';
import { GRANT_DOCS, GRANT_TEXTS } from '../src/core/reasons/grant-reasons';
import { ISOLATION_DOCS, ISOLATION_TEXTS } from '../src/core/reasons/isolation-reasons';
import { PREVIEW_DOCS, PREVIEW_TEXTS } from '../src/core/reasons/preview-reasons';
import type { Reason, ReasonDocs, ReasonTexts } from '../src/core/reasons/reason';
import { REMARK_DOCS, REMARK_TEXTS } from '../src/core/reasons/remark-reasons';
import { RUN_DOCS, RUN_TEXTS } from '../src/core/reasons/run-reasons';
import { SKIP_DOCS, SKIP_TEXTS } from '../src/core/reasons/skip-reasons';
import { STATEMENT_DOCS } from '../src/core/reasons/statement-docs';
import { STATEMENT_TEXTS } from '../src/core/reasons/statement-reasons';
import { UNDO_DOCS, UNDO_TEXTS } from '../src/core/reasons/undo-reasons';
import { VERIFICATION_DOCS, VERIFICATION_TEXTS } from '../src/core/reasons/verification-reasons';
import { VIOLATION_DOCS, VIOLATION_TEXTS } from '../src/core/reasons/violation-reasons';

// Writes docs/reasons.md, the registry of all codes with their texts. `npm run generate`.

const FILE = join(__dirname, '..', 'docs', 'reasons.md');

interface Family {
  readonly title: string;
  readonly file: string;
  /** Where its codes are found. */
  readonly shown: string;
  readonly rows: readonly Row[];
}

interface Row {
  readonly code: string;
  readonly text: string;
  readonly facts: readonly string[];
  readonly remedy: string;
}

function rowsOf<Of extends Reason>(texts: ReasonTexts<Of>, docs: ReasonDocs<Of>): readonly Row[] {
  return (Object.keys(docs) as Of['code'][]).map((code) => {
    const { example, remedy } = docs[code];
    return { code, text: texts[code](example), facts: Object.keys(example), remedy };
  });
}

const OF_RECORDS =
  '`reasons` beside `reason` in records of the ledger (`portcullis show --json`) and in events on the bus.';

const FAMILIES: readonly Family[] = [
  {
    title: 'What a plan asks',
    file: 'ask-reasons.ts',
    shown: '`askReasons` beside `ask` in plans: `portcullis plan --json`, records of the ledger.',
    rows: rowsOf(ASK_TEXTS, ASK_DOCS),
  },
  {
    title: 'What a plan remarks',
    file: 'remark-reasons.ts',
    shown: '`remarkReasons` beside `remarks` in plans: `portcullis plan --json`, records of the ledger.',
    rows: rowsOf(REMARK_TEXTS, REMARK_DOCS),
  },
  {
    title: 'Why a rule or an entry violates',
    file: 'violation-reasons.ts',
    shown: '`reasons` beside `reason` in `violations` of plans: `portcullis plan --json`, records of the ledger.',
    rows: rowsOf(VIOLATION_TEXTS, VIOLATION_DOCS),
  },
  {
    title: 'What decided about a finding',
    file: 'decision-reasons.ts',
    shown:
      '`reasons` beside `reason` of the `decision` in records of the ledger (`portcullis show --json`) and in events ' +
      'on the bus, and of `portcullis policy explain --json`.',
    rows: rowsOf(DECISION_TEXTS, DECISION_DOCS),
  },
  {
    title: 'Why a finding needs no work',
    file: 'skip-reasons.ts',
    shown: '`reasons` beside `reason` of `portcullis policy explain --json`. The texts are parts of sentences.',
    rows: rowsOf(SKIP_TEXTS, SKIP_DOCS),
  },
  {
    title: 'How a closing ended',
    file: 'closing-reasons.ts',
    shown: OF_RECORDS,
    rows: rowsOf(CLOSING_TEXTS, CLOSING_DOCS),
  },
  {
    title: 'What a preview says',
    file: 'preview-reasons.ts',
    shown: OF_RECORDS,
    rows: rowsOf(PREVIEW_TEXTS, PREVIEW_DOCS),
  },
  {
    title: 'How the calls of a plan went',
    file: 'run-reasons.ts',
    shown: OF_RECORDS,
    rows: rowsOf(RUN_TEXTS, RUN_DOCS),
  },
  {
    title: 'Why an undo refuses, asks or leaves something alone',
    file: 'undo-reasons.ts',
    shown: `${OF_RECORDS} What is left alone also stands in \`remarkReasons\` of its plan.`,
    rows: rowsOf(UNDO_TEXTS, UNDO_DOCS),
  },
  {
    title: 'Why it stays open by an exception, or none was made',
    file: 'exception-reasons.ts',
    shown: OF_RECORDS,
    rows: rowsOf(EXCEPTION_TEXTS, EXCEPTION_DOCS),
  },
  {
    title: 'How a grant went',
    file: 'grant-reasons.ts',
    shown: OF_RECORDS,
    rows: rowsOf(GRANT_TEXTS, GRANT_DOCS),
  },
  {
    title: 'How an isolation or its undo went',
    file: 'isolation-reasons.ts',
    shown: OF_RECORDS,
    rows: rowsOf(ISOLATION_TEXTS, ISOLATION_DOCS),
  },
  {
    title: 'Why it is not called closed or undone',
    file: 'verification-reasons.ts',
    shown: OF_RECORDS,
    rows: rowsOf(VERIFICATION_TEXTS, VERIFICATION_DOCS),
  },
  {
    title: 'What a certificate says and does not',
    file: 'statement-reasons.ts',
    shown: '`reason` beside `text` in the statements of `portcullis verify --json`.',
    rows: rowsOf(STATEMENT_TEXTS, STATEMENT_DOCS),
  },
];

function renderReasons(): string {
  refuseTwins(FAMILIES.flatMap(({ rows }) => rows.map(({ code }) => code)));
  return [
    '# Reasons',
    '',
    '<!-- Generated by scripts/generate-reasons.ts from src/core/reasons; change it there. -->',
    '',
    'Whatever Portcullis says has a code beside its text, with the facts that the text is made of. Scripts go by code',
    'and facts; texts are for people, and may be worded better in a later version. A code is never used for something',
    'else, and none stands in two families.',
    '[Decision 0108](decisions/0108-reasons-are-data-beside-their-text.md) says why.',
    '',
    'A name in braces stands for the fact of that name; the other facts are examples.',
    ...FAMILIES.flatMap(renderFamily),
    '',
  ].join('\n');
}

function refuseTwins(codes: readonly string[]): void {
  const twins = codes.filter((code, index) => codes.indexOf(code) !== index);
  if (twins.length > 0) throw new Error(`These codes stand in two families: ${twins.join(', ')}.`);
}

function renderFamily({ title, file, shown, rows }: Family): readonly string[] {
  return [
    ...['', `## ${title}`, '', `In \`src/core/reasons/${file}\`. ${shown}`, ''],
    '| code | text | facts | what to do |',
    '| --- | --- | --- | --- |',
    ...rows.map(({ code, text, facts, remedy }) => {
      const names = facts.map((fact) => `\`${fact}\``).join(', ');
      return `| \`${code}\` | ${text.replaceAll('|', '\\|')} | ${names} | ${remedy} |`;
    }),
  ];
}

async function main(): Promise<void> {
  writeFileSync(FILE, await format(renderReasons(), { ...(await resolveConfig(FILE)), filepath: FILE }));
}

void main();
