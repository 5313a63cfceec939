import type { NormalizedSchema } from '@smithy/core/schema';

export type TimestampFormat = 'date-time' | 'http-date' | 'epoch-seconds';

/** A shape may demand its own format; else the protocol's is used. The SDK's schemas say it by the kinds 5, 6 and 7. */
export function timestampFormat(schema: NormalizedSchema, byProtocol: TimestampFormat): TimestampFormat {
  switch (schema.getSchema()) {
    case 5:
      return 'date-time';
    case 6:
      return 'http-date';
    case 7:
      return 'epoch-seconds';
    default:
      return byProtocol;
  }
}

/**
 * A moment on the wire: text, or seconds since the epoch with their fraction as a number.
 * https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait
 */
export function writeTimestamp(value: unknown, format: TimestampFormat): string | number {
  const date = value instanceof Date ? value : new Date(String(value));
  switch (format) {
    case 'date-time':
      return date.toISOString();
    case 'http-date':
      return date.toUTCString();
    case 'epoch-seconds':
      return date.getTime() / 1000;
  }
}

/** Reads leniently, as the services do: numbers are seconds, everything else is text that a date can be read from. */
export function readTimestamp(value: unknown): Date {
  const seconds = typeof value === 'number' ? value : /^-?[\d.]+$/.test(String(value)) ? Number(value) : undefined;
  return seconds === undefined ? new Date(String(value)) : new Date(Math.round(seconds * 1000));
}
