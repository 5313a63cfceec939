import type { OtherControlCount } from './report';
import type { OtherFinding } from './reported-finding';

/** Counts findings of controls that Portcullis does not close; one that comes again counts once. */
export class OtherControls {
  readonly #ids = new Set<string>();
  readonly #counts = new Map<string, { readonly name: string; readonly product: string; count: number }>();

  /** Answers whether it is new. */
  add({ id, name, product }: OtherFinding): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    const key = `${product}\n${name}`;
    const known = this.#counts.get(key);
    if (known) known.count++;
    else this.#counts.set(key, { name, product, count: 1 });
    return true;
  }

  /** The most frequent first. */
  counts(): readonly OtherControlCount[] {
    return [...this.#counts.values()].sort(
      (a, b) => b.count - a.count || a.name.localeCompare(b.name, 'en', { numeric: true }),
    );
  }
}
