import fc from 'fast-check';
import { HOSTILE_JSON } from './hostile-json';

/** One change to a JSON value. `at` picks the place among all there are, `with` what is put there. */
interface Mutation {
  readonly kind: (typeof KINDS)[number];
  readonly at: number;
  readonly with: number;
}

/** A sample, what is changed in it, and what then happens to its text. */
export interface Mutated {
  readonly sample: number;
  readonly mutations: readonly Mutation[];
  readonly scar: Scar | undefined;
}

interface Scar {
  readonly kind: 'truncate' | 'insert' | 'flip' | 'double';
  readonly at: number;
  readonly text: string;
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

const KINDS = ['replace', 'remove', 'wrap', 'repeat', 'exchange', 'rename', 'edit', 'add'] as const;

const READ_FIELDS: ReadonlySet<string> = new Set([
  ...['source', 'detail-type', 'resources', 'detail', 'findings', 'actionName'],
  ...['Id', 'ProductArn', 'AwsAccountId', 'GeneratorId', 'Resources', 'Compliance', 'Status', 'SecurityControlId'],
  ...['ControlId', 'StandardsArn', 'RuleId', 'Workflow', 'RecordState', 'PortcullisRemediationId'],
]);

const arbitraryMutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom(...KINDS),
  at: fc.nat(100_000),
  with: fc.nat(100_000),
});

const arbitraryScar: fc.Arbitrary<Scar> = fc.record({
  kind: fc.constantFrom('truncate', 'insert', 'flip', 'double'),
  at: fc.nat(100_000),
  text: fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }),
});

/** Shrinks towards few changes, so that a failure names the one that matters. */
export function arbitraryMutated({ fewest = 1, scars = false } = {}): fc.Arbitrary<Mutated> {
  return fc.record({
    sample: fc.nat(1000),
    mutations: fc.array(arbitraryMutation, { minLength: fewest, maxLength: 4 }),
    scar: scars ? fc.option(arbitraryScar, { nil: undefined, freq: 5 }) : fc.constant(undefined),
  });
}

/** The JSON text of the sample with its changes; no JSON any more where it was scarred. */
export function toText(samples: readonly unknown[], { sample, mutations, scar }: Mutated): string {
  const root: Record<string, unknown> = { value: structuredClone(samples[sample % samples.length]) };
  for (const mutation of mutations) apply(root, mutation);
  const text = JSON.stringify(root['value'] ?? null).replace(
    /"@@(\d+)@@"/g,
    (_, index: string) => HOSTILE_JSON[Number(index)] ?? 'null',
  );
  return scar === undefined ? text : scarred(text, scar);
}

/** The text for a failure's message: what is long in it is long because it repeats. */
export function shortened(text: string): string {
  return text.replace(/(.{1,6}?)\1{50,}/g, '$1$1…').slice(0, 6000);
}

function apply(root: Record<string, unknown>, { kind, at, with: choice }: Mutation): void {
  const places = placesIn(root);
  const read = places.filter((each) => READ_FIELDS.has(each.key));
  // Every second change where we look: most of a finding is never read, and would take most of the changes.
  const place = pick(at % 2 === 0 && read.length > 0 ? read : places, at >> 1);
  if (place === undefined) return;
  const { holder, key } = place;
  const value = holder[key];
  switch (kind) {
    case 'replace':
      holder[key] = hostile(choice);
      break;
    case 'remove':
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else Reflect.deleteProperty(holder, key);
      break;
    case 'wrap':
      holder[key] = choice % 2 === 0 ? [value] : { [key]: value };
      break;
    case 'repeat':
      holder[key] = Array.isArray(value) ? [...(value as unknown[]), ...(value as unknown[])] : [value, value];
      break;
    case 'exchange': {
      // Of copies, so that nothing ends up inside itself.
      const other = pick(places, choice);
      if (other === undefined) return;
      const [mine, theirs] = [structuredClone(value), structuredClone(other.holder[other.key])];
      holder[key] = theirs;
      other.holder[other.key] = mine;
      break;
    }
    case 'rename':
      if (Array.isArray(holder)) return;
      Reflect.deleteProperty(holder, key);
      holder[pick([key.toLowerCase(), `${key}s`, ` ${key}`, 'length'], choice) ?? key] = value;
      break;
    case 'edit':
      holder[key] = edited(value, choice);
      break;
    case 'add':
      if (typeof value === 'object' && value !== null) {
        Object.defineProperty(value, pick(['unheard-of', '__proto__', '0', 'toJSON'], choice) ?? '', {
          value: hostile(choice),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      break;
  }
}

function edited(value: unknown, choice: number): unknown {
  if (typeof value === 'number') return pick([value + 1, value - 1, -value, value * 1e9, value / 7], choice);
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return value;
  const at = choice % (value.length + 1);
  const [head, tail] = [value.slice(0, at), value.slice(at)];
  return pick([head, tail, `${head}\u0000${tail}`, `${head} ${tail}`, `${value}${value}`, value.toUpperCase()], choice);
}

/**
 * Stands for a text of {@link HOSTILE_JSON} until the value is written out: some of them no `JSON.stringify` survives.
 */
function hostile(choice: number): string {
  return `@@${String(choice % HOSTILE_JSON.length)}@@`;
}

function placesIn(root: Record<string, unknown>): readonly Place[] {
  const places: Place[] = [];
  const visit = (holder: Record<string, unknown>) => {
    for (const key of Object.keys(holder)) {
      places.push({ holder, key });
      const value = holder[key];
      if (typeof value === 'object' && value !== null) visit(value as Record<string, unknown>);
    }
  };
  visit(root);
  return places;
}

function scarred(text: string, { kind, at, text: inserted }: Scar): string {
  const position = at % (text.length + 1);
  switch (kind) {
    case 'truncate':
      return text.slice(0, position);
    case 'insert':
      return text.slice(0, position) + inserted + text.slice(position);
    case 'flip':
      return text.slice(0, position) + inserted + text.slice(position + 1);
    case 'double':
      return text + text;
  }
}

function pick<Item>(items: readonly Item[], choice: number): Item | undefined {
  return items[choice % items.length];
}
