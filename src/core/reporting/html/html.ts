/** A part of HTML. Only `html` and `trustedHtml` make it, so that text becomes HTML in one place, escaped. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

export type HtmlValue = string | number | Html | readonly Html[] | undefined;

/**
 * Template tag: values are escaped, for text and for attributes in double quotes; parts of HTML are taken as they are.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(strings.reduce((text, part, index) => text + renderValue(values[index - 1]) + part));
}

/** Text that is HTML, CSS or script of our own; never anything that was read. */
export function trustedHtml(text: string): Html {
  return new Html(text);
}

function renderValue(value: HtmlValue): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escapeHtml(value);
  return typeof value === 'object' && !(value instanceof Html) ? value.join('') : String(value);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return withoutControls(text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? ''));
}

/** Without control characters, and those that turn the direction of writing: they could make text lie. */
export function withoutControls(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
