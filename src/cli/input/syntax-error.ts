/** Where JSON stops being JSON; lines and columns count from 1, columns in characters of the text. */
export interface SyntaxPlace {
  readonly line: number;
  readonly column: number;
  /** `expected "," or "]"` */
  readonly what: string;
}

const BLANK = /[ \t\r\n\ufeff]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;

const EXPECTED = {
  value: 'expected a value',
  'value or ]': 'expected a value or "]"',
  'name or }': 'expected a name in double quotes or "}"',
  name: 'expected a name in double quotes',
  ':': 'expected ":"',
  ', or ]': 'expected "," or "]"',
  ', or }': 'expected "," or "}"',
  document: 'expected nothing, or another object or list',
} as const;

type Expected = keyof typeof EXPECTED;

/**
 * The first place where a text is no longer a JSON document, or several that follow each other; undefined where it is.
 * V8's own message names a place only now and then, and knows one document only.
 */
export function findSyntaxError(text: string): SyntaxPlace | undefined {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = 0;

  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.test(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const afterValue = (): Expected => {
    const inside = open.at(-1);
    return inside === undefined ? 'document' : inside === '{' ? ', or }' : ', or ]';
  };

  for (;;) {
    take(BLANK);
    const next = text[at];
    if (next === undefined) {
      if (expected === 'document') return undefined;
      return placeOf(text, at, `${EXPECTED[expected]}, and there is no more`);
    }
    const begins = next === '{' || next === '[';
    if (begins && (expected === 'value' || expected === 'value or ]' || expected === 'document')) {
      open.push(next);
      at++;
      expected = next === '{' ? 'name or }' : 'value or ]';
    } else if ((next === '}' && /}$/.test(expected)) || (next === ']' && /]$/.test(expected))) {
      open.pop();
      at++;
      expected = afterValue();
    } else if (next === ',' && expected.startsWith(',')) {
      at++;
      expected = expected === ', or }' ? 'name' : 'value';
    } else if (next === ':' && expected === ':') {
      at++;
      expected = 'value';
    } else if (expected.startsWith('name') && take(STRING)) {
      expected = ':';
    } else if (expected.startsWith('value') && (take(STRING) || take(SCALAR))) {
      expected = afterValue();
    } else {
      return placeOf(text, at, next === '"' ? 'the text in quotes that begins here is not JSON' : EXPECTED[expected]);
    }
  }
}

function placeOf(text: string, offset: number, what: string): SyntaxPlace {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1, what };
}
