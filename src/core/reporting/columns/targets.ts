import { targetArn, type Target } from '../../target';
import { Column } from './column';
import { NumberedTexts } from './numbered-texts';
import { TextTable } from './text-table';

type Place = Pick<Target, 'account' | 'region' | 'kind'>;

/** Each target once, by the order in which they came. Of one that comes again the partition of the first counts. */
export class Targets {
  readonly #places: Place[] = [];
  readonly #placeNumbers = new NumberedTexts();
  readonly #ids = new TextTable();
  readonly #partitions = Column.integers();
  readonly #partitionTexts = new NumberedTexts();
  /** By partition and place. */
  readonly #arnBeginnings: string[][] = [];

  get length(): number {
    return this.#ids.length;
  }

  /** Its number, which is the last one if it is new. */
  numberOf({ account, region, kind, id, partition }: Target): number {
    const { length } = this;
    const number = this.#ids.placeOf(this.#placeOf(account, region, kind), id);
    if (number === length) this.#partitions.set(number, this.#partitionTexts.numberOf(partition));
    return number;
  }

  at(number: number): Target {
    const { kind, account, region } = this.#placeOfTarget(number);
    const partition = this.#partitionTexts.textOf(this.#partitions.get(number)) ?? '';
    return { kind, partition, account, region, id: this.#ids.textAt(number) };
  }

  /** As `targetArn`, with what is the same for a place put together once. */
  arnAt(number: number): string {
    const scope = this.#ids.scopeAt(number);
    const partition = this.#partitions.get(number);
    const beginning = (this.#arnBeginnings[partition] ??= [])[scope] ?? this.#beginArn(partition, scope, number);
    return `${beginning}${this.#ids.textAt(number)}`;
  }

  #beginArn(partition: number, scope: number, number: number): string {
    const beginning = targetArn({ ...this.at(number), id: '' });
    (this.#arnBeginnings[partition] ??= [])[scope] = beginning;
    return beginning;
  }

  /** Compares two by account, Region, kind and id; made once that all are there. */
  comparer(): (a: number, b: number) => number {
    const order = this.#places.map((place, at) => ({ place, at: at + 1 })).sort((a, b) => byPlace(a.place, b.place));
    const ranks = new Uint32Array(order.length + 1);
    for (const [rank, { at }] of order.entries()) ranks[at] = rank;
    const ids = this.#ids;
    return (a, b) =>
      (ranks[ids.scopeAt(a)] ?? 0) - (ranks[ids.scopeAt(b)] ?? 0) || compare(ids.textAt(a), ids.textAt(b));
  }

  #placeOf(account: string, region: string, kind: Target['kind']): number {
    const number = this.#placeNumbers.numberOf(`${account}/${region}/${kind}`);
    if (number > this.#places.length) this.#places.push({ account, region, kind });
    return number;
  }

  #placeOfTarget(number: number): Place {
    const place = this.#places[this.#ids.scopeAt(number) - 1];
    if (place === undefined) throw new Error(`there is no target ${String(number)}`);
    return place;
  }
}

function byPlace(a: Place, b: Place): number {
  return compare(a.account, b.account) || compare(a.region, b.region) || compare(a.kind, b.kind);
}

/** By code, which is the order of digits and letters in ids, and many times faster than that of a language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
