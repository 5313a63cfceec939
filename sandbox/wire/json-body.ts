import type { NormalizedSchema } from '@smithy/core/schema';
import { isObject } from './is-object';
import { serializationError } from './serialization-error';
import { readTimestamp, type TimestampFormat, timestampFormat, writeTimestamp } from './timestamps';

/** How the JSON protocols differ. */
export interface JsonSettings {
  /** Only REST knows other names for members in JSON. */
  readonly useJsonNames: boolean;
  readonly timestamps: TimestampFormat;
}

/**
 * JSON to the SDK's shapes: dates and byte arrays are made, nulls are left out, members outside the shape are dropped.
 * @throws AwsError SerializationException, naming the path, when a value has another type than its shape.
 */
export function readJson(schema: NormalizedSchema, value: unknown, settings: JsonSettings, path = ''): unknown {
  if (schema.isDocumentSchema()) return value;
  if (schema.isStructSchema()) return readStruct(schema, value, settings, path);
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) throw mismatch(path, 'a list');
    const element = schema.getValueSchema();
    return keepNulls(schema, value).map((item, index) =>
      item === null ? null : readJson(element, item, settings, `${path}[${index}]`),
    );
  }
  if (schema.isMapSchema()) {
    if (!isObject(value)) throw mismatch(path, 'an object');
    const sparse = schema.getMergedTraits().sparse !== undefined;
    const entries = Object.entries(value).filter(([, item]) => sparse || item !== null);
    const valueSchema = schema.getValueSchema();
    return Object.fromEntries(
      entries.map(([key, item]) => [
        key,
        item === null ? null : readJson(valueSchema, item, settings, `${path}.${key}`),
      ]),
    );
  }
  return readScalar(schema, value, path);
}

function readStruct(schema: NormalizedSchema, value: unknown, settings: JsonSettings, path: string): object {
  if (!isObject(value)) throw mismatch(path, 'an object');
  const members: [string, unknown][] = [];
  for (const [name, member] of schema.structIterator()) {
    const memberValue = value[jsonKey(name, member, settings)];
    if (memberValue !== undefined && memberValue !== null) {
      members.push([name, readJson(member, memberValue, settings, path === '' ? name : `${path}.${name}`)]);
    }
  }
  return Object.fromEntries(members);
}

function readScalar(schema: NormalizedSchema, value: unknown, path: string): unknown {
  if (schema.isTimestampSchema()) return readTimestamp(value);
  if (schema.isBlobSchema()) {
    if (typeof value !== 'string') throw mismatch(path, 'base64 text');
    return new Uint8Array(Buffer.from(value, 'base64'));
  }
  if (schema.isBooleanSchema()) {
    if (typeof value !== 'boolean') throw mismatch(path, 'a boolean');
    return value;
  }
  if (schema.isNumericSchema()) {
    if (typeof value === 'string' && ['NaN', 'Infinity', '-Infinity'].includes(value)) return Number(value);
    if (typeof value !== 'number') throw mismatch(path, 'a number');
    return value;
  }
  if (schema.isStringSchema() && typeof value !== 'string') throw mismatch(path, 'text');
  return value;
}

/** The SDK's shapes to JSON. Members outside the shape are dropped, as no client could read them. */
export function writeJson(schema: NormalizedSchema, value: unknown, settings: JsonSettings): unknown {
  if (value === null || schema.isDocumentSchema()) return value;
  if (schema.isStructSchema() && isObject(value)) {
    const members: [string, unknown][] = [];
    for (const [name, member] of schema.structIterator()) {
      const memberValue = value[name];
      if (memberValue !== undefined && memberValue !== null) {
        members.push([jsonKey(name, member, settings), writeJson(member, memberValue, settings)]);
      }
    }
    return Object.fromEntries(members);
  }
  if (schema.isListSchema() && Array.isArray(value)) {
    const element = schema.getValueSchema();
    return keepNulls(schema, value).map((item) => writeJson(element, item, settings));
  }
  if (schema.isMapSchema() && isObject(value)) {
    const valueSchema = schema.getValueSchema();
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(entries.map(([key, item]) => [key, writeJson(valueSchema, item, settings)]));
  }
  if (schema.isTimestampSchema()) return writeTimestamp(value, timestampFormat(schema, settings.timestamps));
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return value;
}

function jsonKey(name: string, member: NormalizedSchema, { useJsonNames }: JsonSettings): string {
  return useJsonNames ? (member.getMergedTraits().jsonName ?? name) : name;
}

function keepNulls(schema: NormalizedSchema, list: readonly unknown[]): readonly unknown[] {
  return schema.getMergedTraits().sparse === undefined ? list.filter((item) => item !== null) : list;
}

function mismatch(path: string, expected: string): ReturnType<typeof serializationError> {
  return serializationError(`${path === '' ? 'The body' : path} is not ${expected}.`);
}
