import type { AwsError } from '../runtime/aws-error';
import { findErrorSchema } from './operation-schema';
import { type JsonSettings, writeJson } from './json-body';

/** An error's members; the message is called `Message` where the error's shape says so. */
export function writeErrorMembers(error: AwsError, schemas: object, settings: JsonSettings): Record<string, unknown> {
  const schema = findErrorSchema(schemas, error.code);
  const names = schema ? [...schema.structIterator()].map(([name]) => name) : [];
  const members = { ...error.fields, [names.includes('Message') ? 'Message' : 'message']: error.message };
  const written: unknown =
    schema && names.some((name) => name in members) ? writeJson(schema, members, settings) : members;
  return { ...members, ...(typeof written === 'object' ? written : {}) };
}
