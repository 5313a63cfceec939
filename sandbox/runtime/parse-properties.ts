import { z } from 'zod';

import { AwsError } from './aws-error';
import type { PolicyDocument } from './operation';

/**
 * Reads a template resource's properties. Schemas are strict, so that a property that the sandbox does not know fails
 * the deployment instead of being dropped.
 * @throws AwsError ValidationError, naming every bad property.
 */
export function parseProperties<Schema extends z.ZodType>(
  type: string,
  schema: Schema,
  properties: Readonly<Record<string, unknown>>,
): z.output<Schema> {
  const parsed = schema.safeParse(properties);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.') || type}: ${message}`);
  throw new AwsError('ValidationError', `${type} in the sandbox: ${issues.join('; ')}`);
}

/** CloudFormation takes booleans and numbers as text too. */
export const booleanProperty = z.union([
  z.boolean(),
  z.literal(['true', 'false']).transform((text) => text === 'true'),
]);
export const integerProperty = z.coerce.number().int();

/** Properties that change nothing that the sandbox shows, such as Tags. */
export const ignoredProperty = z.unknown().optional();

export const policyProperty = z.custom<PolicyDocument>(
  (value) => typeof value === 'object' && value !== null && 'Statement' in value,
  'a policy document with a Statement is expected',
);
