import { serializationError } from './serialization-error';

/** @throws AwsError SerializationException. An empty body is an empty object. */
export function parseJsonBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw serializationError('The body is no JSON.');
  }
}
