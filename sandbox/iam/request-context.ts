/** What conditions may ask about a request. Keys compare without regard to case, as in IAM. */
export class RequestContext {
  readonly #values = new Map<string, readonly string[]>();

  constructor(values: Readonly<Record<string, string | readonly string[] | undefined>>) {
    for (const [key, value] of Object.entries(values)) {
      if (value !== undefined) this.#values.set(key.toLowerCase(), toList(value));
    }
  }

  valuesOf(key: string): readonly string[] | undefined {
    return this.#values.get(key.toLowerCase());
  }

  /**
   * `${aws:PrincipalAccount}`, with an optional default: `${aws:PrincipalTag/team, 'none'}`. Undefined when a variable
   * has no value.
   */
  substitute(text: string): string | undefined {
    const missing: string[] = [];
    const replaced = text.replace(/\$\{([^}]*)\}/g, (_, expression: string) => {
      if (['*', '?', '$'].includes(expression)) return expression;
      const [key = '', fallback] = expression.split(/\s*,\s*/);
      const value = this.valuesOf(key)?.[0] ?? fallback?.replace(/^'(.*)'$/, '$1');
      if (value === undefined) missing.push(key);
      return value ?? '';
    });
    return missing.length === 0 ? replaced : undefined;
  }
}

/** Policies write one value bare and several as a list. */
export function toList<Value>(value: Value | readonly Value[] | undefined): readonly Value[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

function isList<Value>(value: Value | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}
