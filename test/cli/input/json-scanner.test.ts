import fc from 'fast-check';
import { JsonScanner, type ListElement, type Scanned } from '../../../src/cli/input/json-scanner';

type List = 'A' | 'B';

/** Feeds documents in chunks of some bytes. */
function scanAll(json: string, chunkBytes: number): readonly Scanned<List>[] {
  const scanner = new JsonScanner<List>(['A', 'B']);
  const bytes = Buffer.from(json);
  const scanned: Scanned<List>[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    scanned.push(...scanner.push(bytes.subarray(at, at + chunkBytes)));
  }
  return [...scanned, ...scanner.end()];
}

/** Feeds one document. */
function scan(json: string, chunkBytes: number): { elements: ListElement<List>[]; rest: string } {
  const scanned = scanAll(json, chunkBytes);
  return {
    elements: scanned.flatMap((one) => {
      if (one.kind === 'element') return [one];
      if (one.kind !== 'elements') return [];
      return one.values.map((value, i) => ({ kind: 'element', list: one.list, index: one.index + i, value }));
    }),
    rest: scanned
      .filter((one) => one.kind === 'document')
      .map(({ text }) => text)
      .join(''),
  };
}

const valueOf = ({ value, text = '' }: ListElement<List>): unknown => value ?? JSON.parse(text);

test('splits any document into the elements of its lists, however it is split into chunks', () => {
  const text = fc.string({ unit: 'grapheme' });
  const value = fc.oneof(text, fc.constantFrom('"', '\\', '}]', '{[', '"A":['), fc.integer(), fc.constant(null));
  const element = fc.dictionary(text, fc.oneof(value, fc.array(value), fc.dictionary(text, value)));
  const list = fc.array(element, { maxLength: 4 });
  fc.assert(
    fc.property(
      fc.record({ A: list, other: fc.oneof(value, list), B: list }),
      fc.constantFrom(undefined, 2),
      fc.integer({ min: 1, max: 40 }),
      (document, indent, chunkBytes) => {
        const { elements, rest } = scan(JSON.stringify(document, null, indent), chunkBytes);
        const given = (name: 'A' | 'B') =>
          elements
            .filter((one) => one.list === name)
            .map(({ value: parsed, text: json = '' }): unknown => parsed ?? JSON.parse(json));
        expect(given('A')).toEqual(JSON.parse(JSON.stringify(document.A)));
        expect(given('B')).toEqual(JSON.parse(JSON.stringify(document.B)));
        const placeholders = (all: readonly unknown[]) => all.map(() => ({}));
        expect(JSON.parse(rest)).toEqual({
          ...(JSON.parse(JSON.stringify(document)) as object),
          A: placeholders(document.A),
          B: placeholders(document.B),
        });
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  ['an object on one line among others', '{\n  "A": [\n    {"x": {}},\n    {\n      "y": 1\n    }\n  ]\n}'],
  ['an object whose parts are as far in as itself', '{\n"A": [\n{\n"x": {\n},\n"y": 1\n}\n]\n}'],
  ['braces behind the line', '{\n  "A": [\n    {\n      "x": {} },\n    {\n      "y": 1 }\n  ]\n}'],
  [
    'line ends of Windows and tabs',
    '{\r\n\t"A": [\r\n\t\t{\r\n\t\t\t"x": {}\r\n\t\t},\r\n\t\t{\r\n\t\t\t"y": 1\r\n\t\t}\r\n\t]\r\n}',
  ],
])('is not misled by %s', (_what, json) => {
  for (const chunkBytes of [1, 2, 3, 7, 11, 1000]) {
    const { elements, rest } = scan(json, chunkBytes);
    const given = elements.map(({ value, text = '' }): unknown => value ?? JSON.parse(text));
    expect(given).toEqual((JSON.parse(json) as { A: unknown[] }).A);
    expect(JSON.parse(rest)).toEqual({ A: given.map(() => ({})) });
  }
});

test('holds no more than some megabytes of a layout that never ends as it began', () => {
  const scanner = new JsonScanner(['A']);
  const head = Buffer.from('{\n  "A": [\n    {\n      "x": 1 }');
  let elements = [...scanner.push(head)];
  const more = Buffer.from(',\n    {\n      "x": 1 }'.repeat(50_000));
  for (let i = 0; i < 8; i++) elements = elements.concat(scanner.push(more));
  expect(elements).toHaveLength(1 + 8 * 50_000);
});

test('leaves what is no object in the list, and lists further down in their element', () => {
  const { elements, rest } = scan('{"A":[1,{"A":[{"x":1}]},"{"],"c":{"B":[{}]}}', 3);
  expect(elements).toEqual([{ kind: 'element', list: 'A', index: 0, text: '{"A":[{"x":1}]}' }]);
  expect(rest).toBe('{"A":[1,{},"{"],"c":{"B":[{}]}}');
});

test('restores what never ended, for whoever parses it to find', () => {
  expect(scan('{"A":[{"x":1},{"y":', 4).rest).toBe('{"A":[{},{"y":');
});

test('splits documents that follow each other, however they are laid out and split into chunks', () => {
  const element = fc.dictionary(
    fc.string(),
    fc.oneof(fc.string(), fc.constantFrom('"', '}{', '][', '\\'), fc.integer()),
  );
  const document = fc.oneof(
    fc.record({ A: fc.array(element, { maxLength: 3 }), other: fc.string() }),
    fc.array(element, { maxLength: 3 }),
    fc.record({ x: element }),
  );
  fc.assert(
    fc.property(
      fc.array(document, { maxLength: 4 }),
      fc.constantFrom(undefined, 2),
      fc.constantFrom('', '\n', ' \r\n'),
      fc.integer({ min: 1, max: 40 }),
      (documents, indent, between, chunkBytes) => {
        const json = documents.map((each) => JSON.stringify(each, null, indent)).join(between);
        const given: unknown[] = [];
        let elements: unknown[] = [];
        for (const one of scanAll(json, chunkBytes)) {
          if (one.kind === 'element') elements.push(valueOf(one));
          else {
            const around: unknown = JSON.parse(one.text);
            const whole = Array.isArray(around) ? elements : { ...(around as object) };
            given.push('A' in whole ? { ...whole, A: elements } : whole);
            elements = [];
          }
        }
        expect(given).toEqual(JSON.parse(JSON.stringify(documents)));
      },
    ),
    { numRuns: 300 },
  );
});

test('takes time in proportion to thousands of small documents that are laid out over lines', () => {
  const one = `${JSON.stringify({ A: [{ x: 1 }, { y: 2 }] }, null, 4)}\n`;
  const scanner = new JsonScanner(['A']);
  const began = process.cpuUsage().user;
  const scanned = [...scanner.push(Buffer.from(one.repeat(20_000))), ...scanner.end()];
  expect(scanned).toHaveLength(60_000);
  // Looked at again for every document, a chunk of 1.5 MB would take minutes.
  expect((process.cpuUsage().user - began) / 1e6).toBeLessThan(5);
});

describe('objects that begin alike', () => {
  const hostile = fc.constantFrom('},{"Id":', '}\n{"Id":', '"', '\\', '\\"},{\\"Id\\":', '}]', 'é', '\ud83d\ude00');
  const inner = fc.record({ Id: hostile });
  const element = fc.record({
    Id: fc.oneof(hostile, fc.integer()),
    list: fc.array(inner, { maxLength: 3 }),
    x: hostile,
  });

  test.each([
    ['of a list', ','],
    ['of a list, with blanks', ' , '],
    ['of a list, a line each', ',\n'],
  ])('%s are split where they end, however they are split into chunks', (_what, separator) => {
    fc.assert(
      fc.property(fc.array(element, { maxLength: 6 }), fc.integer({ min: 1, max: 400 }), (all, chunkBytes) => {
        const json = `{"A":[${all.map((one) => JSON.stringify(one)).join(separator)}],"x":1}`;
        const { elements, rest } = scan(json, chunkBytes);
        expect(elements.map(valueOf)).toEqual(all);
        expect(elements.map(({ index }) => index)).toEqual(all.map((_, i) => i));
        expect(JSON.parse(rest)).toEqual({ A: all.map(() => ({})), x: 1 });
      }),
      { numRuns: 300 },
    );
  });

  test('and are a document each are split where they end, also between others and broken ones', () => {
    const line = fc.oneof(
      element.map((one) => JSON.stringify(one)),
      fc.constantFrom('{"A":[{"y":1}]}', '[1]', '{"Id":1} {"Id":2}', '{"Id":'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), fc.integer({ min: 1, max: 400 }), (lines, chunkBytes) => {
        const json = lines.join('\n');
        const documents = (chunks: number) =>
          scanAll(json, chunks).flatMap((one) => {
            if (one.kind === 'documents') return one.text.split('\n');
            return one.kind === 'document' ? [one.text.trim()] : [];
          });
        // A byte at a time nothing can be told at once.
        expect(documents(chunkBytes)).toEqual(documents(1));
      }),
      { numRuns: 300 },
    );
  });
});
