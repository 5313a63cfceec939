import { NormalizedSchema } from '@smithy/core/schema';

export interface OperationSchema {
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** Method, path template and status of success; REST protocols only. */
  readonly http: readonly [method: string, path: string, status: number] | undefined;
}

/** The SDK's clients export each operation's schema as `<Operation>$`: [9, namespace, name, traits, input, output]. */
const OPERATION_KIND = 9;

/** Undefined when the service's SDK client knows no such operation. */
export function findOperationSchema(schemas: object, name: string): OperationSchema | undefined {
  return toOperationSchema(exportsOf(schemas).get(`${name}$`));
}

/** All operations that a service's SDK client knows, whether the sandbox plays them or not. */
export function listOperationSchemas(schemas: object): readonly OperationSchema[] {
  return [...exportsOf(schemas).values()].flatMap((value) => toOperationSchema(value) ?? []);
}

/** Error shapes are exported like operations are; the traits give the status and the code on query protocols. */
export function findErrorSchema(schemas: object, code: string): NormalizedSchema | undefined {
  const value = exportsOf(schemas).get(`${code}$`);
  return isShape(value) && value[0] === -3 ? NormalizedSchema.of(value) : undefined;
}

const knownExports = new WeakMap<object, ReadonlyMap<string, unknown>>();

function exportsOf(schemas: object): ReadonlyMap<string, unknown> {
  const known = knownExports.get(schemas);
  if (known) return known;
  const exported = new Map(Object.entries(schemas).filter(([name]) => name.endsWith('$')));
  knownExports.set(schemas, exported);
  return exported;
}

type Shape = Extract<Parameters<typeof NormalizedSchema.of>[0], unknown[]>;
type Operation = Extract<Shape, { 0: typeof OPERATION_KIND }>;

function isShape(value: unknown): value is Shape {
  return Array.isArray(value) && typeof value[0] === 'number' && typeof value[2] === 'string';
}

function isOperation(value: unknown): value is Operation {
  return isShape(value) && value[0] === OPERATION_KIND;
}

function toOperationSchema(value: unknown): OperationSchema | undefined {
  if (!isOperation(value)) return undefined;
  const [, , name, traits, input, output] = value;
  return {
    name,
    input: NormalizedSchema.of(input),
    output: NormalizedSchema.of(output),
    http: typeof traits === 'object' ? traits.http : undefined,
  };
}
