import type { ControlParameter } from '../controls/control-id';
import * as z from '../zod-mini';

/**
 * Of findings of ours: what their control was held against. `Compliance.SecurityControlParameters` is for findings of
 * Security Hub's own controls, and nobody says what becomes of it in those that are imported; fields of a product stay.
 */
const PARAMETERS_FIELD = 'portcullis/Parameters';

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html */
const FIELD_CHARACTERS = 2048;

/** Nothing for a control without parameters; nor for more of them than a field holds, which none of ours has. */
export function parameterFields({
  parameters,
}: {
  readonly parameters: readonly ControlParameter[];
}): Readonly<Record<string, string>> {
  if (parameters.length === 0) return {};
  const text = JSON.stringify(parameters);
  return text.length > FIELD_CHARACTERS ? {} : { [PARAMETERS_FIELD]: text };
}

const parametersSchema = z.array(z.object({ Name: z.string(), Value: z.array(z.string()) }));

/** What {@link parameterFields} wrote; empty where there is nothing of the kind. */
export function readParameterFields(fields: Readonly<Record<string, string>> | undefined): readonly ControlParameter[] {
  const text = fields?.[PARAMETERS_FIELD];
  if (text === undefined || text.length > FIELD_CHARACTERS) return [];
  try {
    return parametersSchema.safeParse(JSON.parse(text)).data ?? [];
  } catch {
    return [];
  }
}
