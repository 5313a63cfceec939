/** Whether no value of a list stands there twice. */
export function areDifferent(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

/** Whether a value is a list of which each item is of a form. */
export function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}
