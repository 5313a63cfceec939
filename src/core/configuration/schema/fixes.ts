import * as z from 'zod';

/** What to write instead, for each schema that can say better than zod's own message. */
const fixes = z.registry<{ fix: string }>();

/** Attaches to a schema what a person should write where the value does not fit. */
export function withFix<Schema extends z.ZodType>(schema: Schema, fix: string): Schema {
  fixes.add(schema, { fix });
  return schema;
}

/** The fix of the schema that stands at a path, or of the nearest one around it. */
export function fixFor(root: z.ZodType, path: readonly PropertyKey[]): string | undefined {
  let schema: z.core.$ZodType | undefined = root;
  let nearest: string | undefined;
  for (const key of [undefined, ...path]) {
    if (key !== undefined) schema = schema && childOf(schema, key);
    while (schema) {
      const fix: string | undefined = fixes.get(schema)?.fix;
      if (fix !== undefined) nearest = fix;
      const inner: z.core.$ZodType | undefined = innerOf(schema);
      if (!inner) break;
      schema = inner;
    }
  }
  return nearest;
}

/** The keys that the object at a path may have; undefined when there is no object with fixed keys. */
export function knownKeys(root: z.ZodType, path: readonly PropertyKey[]): readonly string[] | undefined {
  let schema: z.core.$ZodType | undefined = unwrapped(root);
  for (const key of path) {
    const child: z.core.$ZodType | undefined = schema && childOf(schema, key);
    schema = child && unwrapped(child);
  }
  const object = schema instanceof z.ZodUnion ? objectOf(schema) : schema;
  return object instanceof z.ZodObject ? Object.keys(object.shape) : undefined;
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const inner = innerOf(schema);
  return inner ? unwrapped(inner) : schema;
}

function innerOf(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  return schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional
    ? schema.def.innerType
    : undefined;
}

function childOf(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) {
    const shape: Readonly<Record<PropertyKey, z.core.$ZodType>> = schema.shape;
    return shape[key];
  }
  if (schema instanceof z.ZodUnion) return objectOf(schema) && childOf(objectOf(schema) ?? schema, key);
  return schema instanceof z.ZodArray ? schema.element : undefined;
}

/** What may be written as an object, of a schema that takes something else as well. */
function objectOf(schema: z.ZodUnion): z.core.$ZodType | undefined {
  return schema.options.find((option) => option instanceof z.ZodObject);
}
