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

/**
 * Reads the JSON documents of a file, or of stdin for `-`: one, several that follow each other as a loop prints them,
 * one a line. Elements of the lists that are named, and of a document that is a list, are given one at a time, those of
 * a piece of the file together; only what is not given is held.
 *
 * @throws InputError naming the file, and where it stops being JSON
 */
export async function* readDocuments<List extends string>(
  file: string,
  lists: readonly List[] | undefined,
  name = nameOf(file),
): AsyncGenerator<readonly Read<List>[]> {
  const scanner = new JsonScanner(lists);
  let documents = 0;
  const parse = (scanned: Scanned<List>): Read<List> => {
    const from = documents === 0 ? name : `${name}, document ${String(documents + 1)}`;
    if (scanned.kind === 'document') {
      documents++;
      const { text } = scanned;
      return { kind: 'document', from, text, value: parsePart(text, file, name, from) };
    }
    const { list, index, value, text = '' } = scanned;
    if (value !== undefined) return { kind: 'element', list, index, value, from };
    const part = `${from}: ${list}[${String(index)}]`;
    return { kind: 'element', list, index, from, value: parsePart(text, file, name, part) };
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
