import { listOperationSchemas, type OperationSchema } from './operation-schema';

interface Route {
  readonly operation: OperationSchema;
  readonly method: string;
  readonly pattern: RegExp;
  /** Names of the path's labels, in order. */
  readonly labels: readonly string[];
  readonly literalCharacters: number;
  /** Query parameters that the path template itself demands. */
  readonly query: URLSearchParams;
}

export interface RouteMatch {
  readonly operation: OperationSchema;
  /** Label values, decoded. */
  readonly labels: Readonly<Record<string, string>>;
}

const knownRoutes = new WeakMap<object, readonly Route[]>();

/** Finds the operation whose method and path template fit; the most literal template wins. */
export function matchRoute(
  schemas: object,
  request: { readonly method: string; readonly path: string; readonly query: URLSearchParams },
): RouteMatch | undefined {
  for (const route of routesOf(schemas)) {
    if (route.method !== request.method) continue;
    if (![...route.query].every(([key, value]) => request.query.getAll(key).includes(value))) continue;
    const values = route.pattern.exec(request.path);
    if (!values) continue;
    const labels = route.labels.map((name, index) => [name, decodeURIComponent(values[index + 1] ?? '')] as const);
    return { operation: route.operation, labels: Object.fromEntries(labels) };
  }
  return undefined;
}

function routesOf(schemas: object): readonly Route[] {
  const known = knownRoutes.get(schemas);
  if (known) return known;
  const routes = listOperationSchemas(schemas).flatMap((operation) => toRoute(operation) ?? []);
  routes.sort((left, right) => right.literalCharacters - left.literalCharacters || right.query.size - left.query.size);
  knownRoutes.set(schemas, routes);
  return routes;
}

function toRoute(operation: OperationSchema): Route | undefined {
  if (!operation.http) return undefined;
  const [method, template] = operation.http;
  const [path = '', query = ''] = template.split('?');
  const labels: string[] = [];
  const source = path.replace(
    /\{(\w+)(\+?)\}|[.*+?^${}()|[\]\\]/g,
    (text, label: string | undefined, greedy: string) => {
      if (label === undefined) return `\\${text}`;
      labels.push(label);
      return greedy === '+' ? '(.+)' : '([^/]+)';
    },
  );
  return {
    operation,
    method,
    pattern: new RegExp(`^${source.replace(/\/$/, '')}/?$`),
    labels,
    literalCharacters: path.replaceAll(/\{[^}]*\}/g, '').length,
    query: new URLSearchParams(query),
  };
}
