type Segment =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'every' }
  | { readonly kind: 'anywhere'; readonly name: string };

const SEGMENT_FORMS = [
  /\.\.(?<anywhere>[\w-]+)/,
  /\.(?<name>[\w-]+)/,
  /\[(?<index>-?\d+)\]/,
  /\[(?<quote>['"])(?<quoted>.*?)\k<quote>\]/,
  /(?<every>\[\*\]|\.\*)/,
];
const SEGMENT_PATTERN = new RegExp(SEGMENT_FORMS.map(({ source }) => source).join('|'), 'y');

/** A path outside the subset that the sandbox understands: `$.a['b'][0][*]..c`, no filters, no slices. */
export class JsonPathError extends Error {}

/**
 * Selects by JSONPath. A path that can name one value only gives that value, or undefined when it is not there;
 * a path with `[*]` or `..` gives the list of all that it finds.
 * @throws JsonPathError for what is not in the subset.
 */
export function selectByJsonPath(root: unknown, path: string): unknown {
  const segments = parseJsonPath(path);
  let found: unknown[] = [root];
  for (const segment of segments) found = found.flatMap((value) => step(value, segment));
  const many = segments.some(({ kind }) => kind === 'every' || kind === 'anywhere');
  return many ? found : found[0];
}

function parseJsonPath(path: string): Segment[] {
  if (!path.startsWith('$')) throw new JsonPathError(`JSONPath "${path}" does not start with $`);
  const segments: Segment[] = [];
  SEGMENT_PATTERN.lastIndex = 1;
  while (SEGMENT_PATTERN.lastIndex < path.length) {
    const at = SEGMENT_PATTERN.lastIndex;
    const groups = SEGMENT_PATTERN.exec(path)?.groups;
    if (!groups) throw new JsonPathError(`JSONPath "${path}" is not in the sandbox from "${path.slice(at)}" on`);
    segments.push(toSegment(groups));
  }
  return segments;
}

function toSegment(groups: Record<string, string | undefined>): Segment {
  if (groups['anywhere'] !== undefined) return { kind: 'anywhere', name: groups['anywhere'] };
  if (groups['index'] !== undefined) return { kind: 'index', index: Number(groups['index']) };
  const name = groups['name'] ?? groups['quoted'];
  return name === undefined ? { kind: 'every' } : { kind: 'name', name };
}

function step(value: unknown, segment: Segment): unknown[] {
  switch (segment.kind) {
    case 'name':
      return ownValue(value, segment.name);
    case 'index': {
      const element: unknown = Array.isArray(value) ? value.at(segment.index) : undefined;
      return element === undefined ? [] : [element];
    }
    case 'every':
      return typeof value === 'object' && value !== null ? Object.values(value) : [];
    case 'anywhere':
      return descendants(value).flatMap((descendant) => ownValue(descendant, segment.name));
  }
}

function ownValue(value: unknown, name: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, own]): unknown[] => (key === name && own !== undefined ? [own] : []));
}

function descendants(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(descendants)];
}
