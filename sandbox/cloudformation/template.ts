import { z } from 'zod';

const listOrOne = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

const parameterSchema = z.object({
  Type: z.string(),
  Default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  AllowedValues: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
  AllowedPattern: z.string().optional(),
});

const resourceSchema = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: listOrOne.default([]),
  Condition: z.string().optional(),
});

const outputSchema = z.object({
  Value: z.unknown(),
  Condition: z.string().optional(),
  Export: z.object({ Name: z.unknown() }).optional(),
});

/** What the sandbox reads of a template; `Rules` (CDK's check of the bootstrap version) and metadata are left aside. */
const templateSchema = z.object({
  Transform: z.undefined({ error: 'transforms (macros, SAM) are not run by the sandbox' }).optional(),
  Parameters: z.record(z.string(), parameterSchema).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z.record(z.string(), outputSchema).default({}),
});

export type Template = z.output<typeof templateSchema>;
export type TemplateParameter = z.output<typeof parameterSchema>;
export type TemplateResource = z.output<typeof resourceSchema>;

/** @throws Error naming every part of the template that is not understood. */
export function parseTemplate(name: string, json: unknown): Template {
  const parsed = templateSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);
  throw new Error(`Template ${name}: ${issues.join('; ')}`);
}
