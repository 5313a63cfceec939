import type { NormalizedSchema } from '@smithy/core/schema';

/**
 * What boto3 would hold against parameters before it sends them: members that the API does not have, and values of
 * another type (it does not turn "22" into 22).
 * https://boto3.amazonaws.com/v1/documentation/api/latest/guide/error-handling.html
 */
export function parameterProblems(schema: NormalizedSchema, value: unknown, path = ''): string[] {
  if (schema.isStructSchema()) return structProblems(schema, value, path);
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) return [wrongType(path, value, 'list')];
    return value.flatMap((element, index) => parameterProblems(schema.getValueSchema(), element, `${path}[${index}]`));
  }
  if (schema.isMapSchema()) {
    if (!isObject(value)) return [wrongType(path, value, 'dict')];
    return Object.entries(value).flatMap(([key, member]) =>
      parameterProblems(schema.getValueSchema(), member, `${path}.${key}`),
    );
  }
  if (schema.isNumericSchema()) return typeof value === 'number' ? [] : [wrongType(path, value, 'int')];
  if (schema.isBooleanSchema()) return typeof value === 'boolean' ? [] : [wrongType(path, value, 'bool')];
  if (schema.isStringSchema()) return typeof value === 'string' ? [] : [wrongType(path, value, 'str')];
  return [];
}

function structProblems(schema: NormalizedSchema, value: unknown, path: string): string[] {
  if (!isObject(value)) return [wrongType(path, value, 'dict')];
  const members = new Map(schema.structIterator());
  return Object.entries(value).flatMap(([name, memberValue]) => {
    const member = members.get(name);
    if (member) return parameterProblems(member, memberValue, path === '' ? name : `${path}.${name}`);
    const where = path === '' ? 'input' : path;
    return [`Unknown parameter in ${where}: "${name}", must be one of: ${[...members.keys()].join(', ')}`];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrongType(path: string, value: unknown, valid: string): string {
  return `Invalid type for parameter ${path}, value: ${JSON.stringify(value)}, valid types: ${valid}`;
}
