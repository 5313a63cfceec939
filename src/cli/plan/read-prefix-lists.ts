import * as z from 'zod';
import { parseCidr } from '../../core/network/cidr';
import type { Resource } from '../../core/resource';
import { InputError } from '../cli-error';
import { PageChain } from '../input/page-chain';
import { readWholeDocuments } from '../input/read-documents';

/** Blocks by the prefix list that they are of. */
export type PrefixLists = Readonly<Record<string, readonly string[]>>;

export interface ReadPrefixLists {
  readonly named: PrefixLists;
  /** Of a list whose entries do not say which one it is; undefined where all do. */
  readonly unnamed: { readonly from: string; readonly entries: readonly string[] } | undefined;
}

const FIX =
  'give what `aws ec2 get-managed-prefix-list-entries` prints, as pl-…=FILE where there are several lists, or {"pl-…":["203.0.113.0/24",…]}';

const NAMED_FILE = /^(pl-[0-9a-zA-Z]+)=(.+)$/s;

const entrySchema = z.union([z.string(), z.looseObject({ Cidr: z.string() }).transform(({ Cidr }) => Cidr)]);

/** `get-managed-prefix-list-entries`, and what `--query` leaves of it. */
const entriesSchema = z.union([
  z.array(entrySchema),
  z.looseObject({ Entries: z.array(entrySchema) }).transform(({ Entries }) => Entries),
  z.looseObject({ Cidr: z.string() }).transform(({ Cidr }) => [Cidr]),
]);

/** `describe-prefix-lists`, which knows the lists of AWS. */
const describedSchema = z.looseObject({
  PrefixLists: z.array(z.looseObject({ PrefixListId: z.string(), Cidrs: z.array(z.string()).optional() })),
});

const byIdSchema = z.record(z.string().regex(/^pl-/), entriesSchema);

/**
 * The entries of prefix lists in files: by their ids, or as the AWS CLI prints them, which leaves out whose they are.
 *
 * @param files each a file, or `pl-0123=FILE`
 * @throws InputError
 */
export async function readPrefixLists(files: readonly string[]): Promise<ReadPrefixLists> {
  const named: Record<string, string[]> = {};
  const unnamed: { from: string; entries: string[] }[] = [];
  for (const given of files) {
    const [, id, file = given] = NAMED_FILE.exec(given) ?? [];
    const read = await readFile(file, `--prefix-lists ${given}`);
    for (const [list, entries] of Object.entries(read.named)) (named[list] ??= []).push(...entries);
    if (id === undefined) unnamed.push(...read.unnamed);
    else (named[id] ??= []).push(...read.unnamed.flatMap(({ entries }) => entries));
  }
  const [first, second] = unnamed;
  if (first !== undefined && second !== undefined) {
    throw new InputError(
      `${first.from} and ${second.from} do not say which lists they are; write --prefix-lists pl-…=FILE for each list`,
    );
  }
  return { named, unnamed: first };
}

interface FileOfLists {
  readonly named: PrefixLists;
  /** A list each. */
  readonly unnamed: { readonly from: string; readonly entries: string[] }[];
}

async function readFile(file: string, name: string): Promise<FileOfLists> {
  const named: Record<string, readonly string[]> = {};
  const unnamed: FileOfLists['unnamed'] = [];
  const pages = new PageChain();
  let goesOn = false;
  for (const { value, from } of await readWholeDocuments(file, name)) {
    const entries = entriesSchema.safeParse(value);
    const open = unnamed.at(-1);
    if (!entries.success) Object.assign(named, readNamed(value, from));
    else if (open !== undefined && (goesOn || isEntry(value))) open.entries.push(...entries.data);
    else unnamed.push({ from, entries: [...entries.data] });
    pages.add(value);
    goesOn = pages.goesOn;
  }
  // A remark could only say that pages are pages.
  pages.remark(name, 'entries', 'a list is judged by all of its own');
  for (const { from, entries } of unnamed) check(entries, from, '');
  return { named, unnamed };
}

/** One a line: `--query 'Entries[]'` through jq. */
function isEntry(value: unknown): boolean {
  return z.looseObject({ Cidr: z.string() }).safeParse(value).success;
}

function readNamed(value: unknown, from: string): PrefixLists {
  const described = describedSchema.safeParse(value);
  const lists = described.success
    ? Object.fromEntries(described.data.PrefixLists.map(({ PrefixListId, Cidrs }) => [PrefixListId, Cidrs]))
    : byIdSchema.safeParse(value).data;
  if (lists === undefined) throw new InputError(`${from} does not hold prefix lists; ${FIX}`);
  return Object.fromEntries(
    Object.entries(lists).map(([id, entries]) => {
      if (entries === undefined) {
        throw new InputError(
          `${from}: ${id} comes without its entries; give what \`aws ec2 get-managed-prefix-list-entries --prefix-list-id ${id}\` prints`,
        );
      }
      check(entries, from, `${id} `);
      return [id, entries];
    }),
  );
}

function check(entries: readonly string[], from: string, list: string): void {
  for (const entry of entries) {
    const cidr = parseCidr(entry);
    if (!cidr.ok) throw new InputError(`${from}: ${list}${JSON.stringify(entry)} ${cidr.error}`);
  }
}

/**
 * Whose the entries without a name are: the only list that the rules name and that is not known otherwise.
 *
 * @throws InputError where there are more
 */
export function nameUnnamed({ named, unnamed }: ReadPrefixLists, targets: readonly Resource[]): PrefixLists {
  if (unnamed === undefined) return named;
  const rules = targets.flatMap((target) => (target.kind === 'security-group' ? target.rules : []));
  const ids = [...new Set(rules.flatMap(({ PrefixListId: id }) => (id === undefined || id in named ? [] : [id])))];
  const [id, another] = ids;
  if (id === undefined) return named;
  if (another !== undefined) {
    throw new InputError(
      `${unnamed.from} does not say which list it is, and the rules name ${ids.join(', ')}; write --prefix-lists pl-…=FILE for each`,
    );
  }
  return { ...named, [id]: unnamed.entries };
}
