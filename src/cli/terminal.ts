import { createColors } from 'picocolors';
import { readableText } from '../core/messages/readable-text';

export type Colors = ReturnType<typeof createColors>;

/** Colours for a stream: only on a terminal, and never under NO_COLOR (https://no-color.org) or TERM=dumb. */
export function colorsFor(stream: { readonly isTTY?: boolean }): Colors {
  return createColors(stream.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb');
}

/**
 * Text of others (file contents, file names, tags, descriptions) as one part of a line: a terminal must not obey
 * escape sequences in it, nor show what it does not say by another direction of writing. Colours come afterwards: this
 * would take them for the text's own.
 */
export function printable(text: string): string {
  return readableText(text).replaceAll('\n', ' ↵ ').replaceAll('\t', ' ');
}

/** The same for every text in a value of plain objects and lists, however deep. */
export function printableTexts<Value>(value: Value): Value {
  // What is not text keeps its form, so that the type stays true.
  return clean(value) as Value;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return printable(value);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, clean(each)]));
}
