const REFERENCE = /\{\{\s*([\w.:-]+)\s*\}\}/g;
const WHOLE_REFERENCE = /^\{\{\s*([\w.:-]+)\s*\}\}$/;

/** A reference that has no value, such as the output of a step that did not run. */
export class UnresolvedReference extends Error {}

/**
 * Fills `{{ … }}` in every text of a value. A text that is one reference and nothing else takes the referenced value
 * with its type; inside other text the value is put in as text.
 * @throws UnresolvedReference
 */
export function fillTemplate(template: unknown, resolve: (reference: string) => unknown): unknown {
  if (typeof template === 'string') return fillText(template, resolve);
  if (Array.isArray(template)) return template.map((element) => fillTemplate(element, resolve));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, fillTemplate(value, resolve)]));
}

function fillText(text: string, resolve: (reference: string) => unknown): unknown {
  const whole = WHOLE_REFERENCE.exec(text)?.[1];
  if (whole !== undefined) return required(whole, resolve);
  return text.replace(REFERENCE, (_match, name: string) => toText(required(name, resolve)));
}

function required(name: string, resolve: (reference: string) => unknown): unknown {
  const value = resolve(name);
  if (value === undefined) throw new UnresolvedReference(`{{ ${name} }} has no value`);
  return value;
}

/** A text as it is, everything else as JSON: what stands inside another text, and in outputs. */
export function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The names within `{{ … }}` in all texts of a value, as often as they stand there; keys are not read. */
export function referencesIn(template: unknown): string[] {
  if (typeof template === 'string') return [...template.matchAll(REFERENCE)].map(([, name = '']) => name);
  if (typeof template !== 'object' || template === null) return [];
  return Object.values(template).flatMap(referencesIn);
}
