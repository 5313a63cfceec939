import { renderCount } from '../reporting/render-count';

/** `1 flow`, `5,000 flows`. */
export function counted(count: number, noun: string): string {
  return `${renderCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
