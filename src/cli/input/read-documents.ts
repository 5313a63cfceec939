import { InputError } from '../cli-error';
import { JsonScanner, type Scanned, type TOP_LIST } from './json-scanner';
import { notJson, partIsNotJson } from './not-json';
import { readChunks } from './read-chunks';
import { nameOf } from './text-file';

/** An element of a list, or the document around it, in the order in which they end. */
export type Read<List extends string> = ReadElement<List> | ReadDocument;

export interface ReadElement<List extends string> {
  readonly kind: 'element';
  readonly list: List | typeof TOP_LIST;
  readonly index: number;
  readonly value: unknown;
  /** Its JSON as it was read, where that is known. */
  readonly text?: string;
  /** The document that it is in, for people: the file's name, and which document of it from the second one on. */
  readonly from: string;
}

export interface ReadDocument {
  readonly kind: 'document';
  /** `{}` stands in the place of every element that was given before. */
  readonly value: unknown;
  /** Its JSON, with the same placeholders. */
  readonly text: string;
  readonly from: string;
}

/** Elements of a list, or documents a line each, that came together. */
export interface ReadRun<List extends string> {
  readonly kind: 'elements' | 'documents';
  readonly list: List | typeof TOP_LIST;
  readonly index: number;
  readonly values: readonly object[];
  /** Their JSON as it was read, and what stands between two of them there. */
  readonly text: string;
  readonly between: string;
  readonly from: string;
}

/**
 * Reads the JSON documents of a file, or of stdin for `-`: one, several that follow each other as a loop prints them,
 * one a line. Elements of the lists that are named, and of a document that is a list, are given one at a time, those of
 * a chunk of the file together; only what is not given is held.
 *
 * @throws InputError naming the file, and where it stops being JSON
 */
export async function* readDocuments<List extends string>(
  file: string,
  lists: readonly List[] | undefined,
  name = nameOf(file),
): AsyncGenerator<readonly Read<List>[]> {
  for await (const batch of readInRuns(file, lists, name)) {
    yield batch.flatMap((read): Read<List> | readonly Read<List>[] => (isRun(read) ? oneByOne(read) : read));
  }
}

function isRun<List extends string>(read: Read<List> | ReadRun<List>): read is ReadRun<List> {
  return 'values' in read;
}

function oneByOne<List extends string>(run: ReadRun<List>): readonly Read<List>[] {
  const { kind, list, index, values, text, from } = run;
  if (kind === 'elements') return values.map((value, i) => ({ kind: 'element', list, index: index + i, value, from }));
  const lines = text.split('\n');
  return values.map((value, i) => ({ kind: 'document', value, text: lines[i] ?? '', from }));
}

/** The same documents, those together that could be found at once. @throws InputError as `readDocuments` */
export async function* readInRuns<List extends string>(
  file: string,
  lists: readonly List[] | undefined,
  name = nameOf(file),
): AsyncGenerator<readonly (Read<List> | ReadRun<List>)[]> {
  const scanner = new JsonScanner(lists);
  let documents = 0;
  const parse = (scanned: Scanned<List>): Read<List> | ReadRun<List> => {
    const from = documents === 0 ? name : `${name}, document ${String(documents + 1)}`;
    if (scanned.kind === 'document') {
      documents++;
      const { text } = scanned;
      return { kind: 'document', from, text, value: parsePart(text, file, name, from) };
    }
    if (scanned.kind === 'documents') documents += scanned.values.length;
    if (scanned.kind !== 'element') return { ...scanned, from };
    const { list, index, value, text = '' } = scanned;
    if (value !== undefined) return { kind: 'element', list, index, value, from };
    const part = `${from}: ${list}[${String(index)}]`;
    return { kind: 'element', list, index, from, text, value: parsePart(text, file, name, part) };
  };
  try {
    for await (const chunk of readChunks(file, name)) yield scanner.push(chunk).map(parse);
    yield scanner.end().map(parse);
  } catch (error) {
    // V8 holds no longer string.
    if (error instanceof RangeError) throw new InputError(`${name} holds too much that is in no list; split it`);
    throw error;
  }
  if (documents === 0) throw notJson(name, '');
}

/** The same documents, each whole: for files of some megabytes. @throws InputError */
export async function readWholeDocuments(file: string, name = nameOf(file)): Promise<readonly ReadDocument[]> {
  const documents: ReadDocument[] = [];
  for await (const batch of readDocuments(file, undefined, name)) {
    documents.push(...batch.filter((read) => read.kind === 'document'));
  }
  return documents;
}

function parsePart(text: string, file: string, name: string, part: string): unknown {
  try {
    return JSON.parse(text.trim());
  } catch {
    throw partIsNotJson(file, name, part, text);
  }
}
