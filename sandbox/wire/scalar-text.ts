import type { NormalizedSchema } from '@smithy/core/schema';
import { serializationError } from './serialization-error';
import { readTimestamp, type TimestampFormat, timestampFormat, writeTimestamp } from './timestamps';

/** Query parameters, headers, path labels and XML leaves carry their values as text. */
export function readScalarText(schema: NormalizedSchema, text: string): unknown {
  if (schema.isBooleanSchema()) return readBoolean(text);
  if (schema.isNumericSchema()) return readNumber(text);
  if (schema.isBigIntegerSchema()) return BigInt(text);
  if (schema.isTimestampSchema()) return readTimestamp(text);
  if (schema.isBlobSchema()) return new Uint8Array(Buffer.from(text, 'base64'));
  return text;
}

/**
 * The text of a value on the wire: timestamps in the shape's format or the protocol's, bytes as Base64.
 * @param timestamps the protocol's format
 */
export function writeScalarText(schema: NormalizedSchema, value: unknown, timestamps: TimestampFormat): string {
  if (schema.isTimestampSchema()) return String(writeTimestamp(value, timestampFormat(schema, timestamps)));
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return String(value);
}

function readBoolean(text: string): boolean {
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  throw serializationError(`"${text}" is no boolean.`);
}

function readNumber(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || Number.isNaN(number)) throw serializationError(`"${text}" is no number.`);
  return number;
}
