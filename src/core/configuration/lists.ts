export function areDifferent(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

export function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}
