import { renderCount } from '../core/reporting/render-count';

/** `1 finding`, `2,000 findings`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${renderCount(count)} ${count === 1 ? one : many}`;
}
