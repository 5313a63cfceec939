import { createColors } from 'picocolors';

export type Colors = ReturnType<typeof createColors>;

/** Colours for a stream: only on a terminal, and never under NO_COLOR (https://no-color.org) or TERM=dumb. */
export function colorsFor(stream: { readonly isTTY?: boolean }): Colors {
  return createColors(stream.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb');
}

/** Text of others (file contents, tags, descriptions) may hold escape sequences: a terminal must not obey them. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '�');
}
