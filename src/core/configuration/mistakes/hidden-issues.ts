import type * as z from 'zod';

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** Stands for a value that is wrong, so that the rest can be held against each other. */
const STAND_INS: Readonly<Record<string, unknown>> = {
  organizationId: 'o-0000000000',
  hub: { account: '000000000000', aggregationRegion: 'eu-central-1' },
  members: { primaryRegion: 'eu-central-1', regions: ['eu-central-1'] },
};

/**
 * What checks of several values together would say, had no value a mistake of its own: zod asks them only then. The
 * parts with mistakes are left out, and the rest is checked again; elements of lists that are left out are checked
 * alone as well, as far as their own mistakes allow. Issues that come of a stand-in are left out.
 */
export function hiddenIssues(schema: z.ZodType, input: unknown, issues: readonly Issue[]): readonly Issue[] {
  const broken = issues.filter(({ code }) => code !== 'custom').flatMap(pathsOf);
  if (!isRecord(input) || broken.length === 0) return [];
  const elements = broken.flatMap((path) => elementOf(input, path) ?? []);
  const heads = new Set(broken.filter((path) => elementOf(input, path) === undefined).map(([head]) => String(head)));
  const base = Object.fromEntries(
    [...new Set([...Object.keys(input), ...heads])].flatMap((key) => {
      if (!heads.has(key)) return [[key, input[key]] as const];
      return key in STAND_INS ? [[key, STAND_INS[key]] as const] : [];
    }),
  );
  const check = (value: unknown) =>
    (schema.safeParse(value).error?.issues ?? []).filter(({ code }) => code === 'custom');
  // What compares with the Regions says nothing about a stand-in.
  const isReported = ({ path, message }: Issue) =>
    !heads.has(String(path[0])) &&
    !((heads.has('hub') || heads.has('members')) && /members\.regions|partition/.test(message));
  const rest = check(withoutElements(base, elements)).map((issue) => ({
    ...issue,
    path: restored(issue.path, elements),
  }));
  const alone = unique(elements).flatMap((element) => checkAlone(base, element, broken, check));
  const reported = new Set(issues.map(keyOf));
  return [...rest, ...alone].filter(
    (issue) => isReported(issue) && !reported.has(keyOf(issue)) && reported.add(keyOf(issue)),
  );
}

interface ElementPath {
  readonly list: Path;
  readonly index: number;
}

/** One element of a list as the only one, without its values that are wrong. */
function checkAlone(
  base: object,
  { list, index }: ElementPath,
  broken: readonly Path[],
  check: (value: unknown) => readonly Issue[],
): readonly Issue[] {
  const own = broken.filter((path) => startsWith(path, [...list, index])).map((path) => path.slice(list.length + 1));
  const lists = own.map(namedPart);
  if (lists.some((path) => path.length === 0)) return [];
  const element = lists.reduce<unknown>(without, at(base, [...list, index]));
  // A check of the part that lost a value might be about that.
  const isSure = (path: Path) => !lists.some((each) => startsWith(path, each.slice(0, -1)));
  return check(replaced(base, list, [element])).flatMap((issue) => {
    const inside = startsWith(issue.path, [...list, 0]) ? issue.path.slice(list.length + 1) : undefined;
    if (inside === undefined || inside.length === 0 || !isSure(inside)) return [];
    return { ...issue, path: [...list, index, ...inside] };
  });
}

function pathsOf(issue: Issue): readonly Path[] {
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
}

/** The element of the outermost list that a path leads into. */
function elementOf(input: unknown, path: Path): ElementPath | undefined {
  const place = path.findIndex(
    (key, depth) => typeof key === 'number' && Array.isArray(at(input, path.slice(0, depth))),
  );
  const index = path[place];
  return typeof index === 'number' ? { list: path.slice(0, place), index } : undefined;
}

/** Up to the last name: of a value in a list, the list. */
function namedPart(path: Path): Path {
  const last = path.findLastIndex((key) => typeof key !== 'number');
  return path.slice(0, last + 1);
}

function withoutElements(base: object, elements: readonly ElementPath[]): unknown {
  return elements.reduce<unknown>((value, { list }) => {
    const all = at(base, list);
    const gone = elements.filter((each) => isSame(each.list, list)).map(({ index }) => index);
    return Array.isArray(all)
      ? replaced(
          value,
          list,
          all.filter((_, index) => !gone.includes(index)),
        )
      : value;
  }, base);
}

/** A path within what is left of a list, in the whole list. */
function restored(path: PropertyKey[], elements: readonly ElementPath[]): PropertyKey[] {
  const list = elements.find((each) => startsWith(path, each.list) && typeof path[each.list.length] === 'number')?.list;
  if (list === undefined) return path;
  const gone = new Set(elements.filter((each) => isSame(each.list, list)).map(({ index }) => index));
  let place = Number(path[list.length]);
  for (let index = 0; index <= place; index++) if (gone.has(index)) place += 1;
  return [...list, place, ...path.slice(list.length + 1)];
}

function replaced(value: unknown, path: Path, by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  if (!isRecord(value)) return value;
  return { ...value, [key]: replaced(value[String(key)], rest, by) };
}

function without(value: unknown, path: Path): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(value)) return value.map((each: unknown, index) => (index === key ? without(each, rest) : each));
  if (!isRecord(value)) return value;
  if (rest.length > 0) return { ...value, [key]: without(value[String(key)], rest) };
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((key, depth) => path[depth] === key);
}

function isSame(one: Path, other: Path): boolean {
  return one.length === other.length && startsWith(one, other);
}

function unique(elements: readonly ElementPath[]): readonly ElementPath[] {
  return [...new Map(elements.map((each) => [[...each.list, each.index].join('.'), each])).values()];
}

function keyOf({ path, message }: Issue): string {
  return `${path.join('.')}: ${message}`;
}
