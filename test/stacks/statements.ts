import type { Template } from 'aws-cdk-lib/assertions';
import { resourcesOf } from './synthesized';

/** One policy statement of a template, with its resource and single values in lists. */
export interface Statement {
  /** Type of the resource that holds it, such as `AWS::IAM::Policy`. */
  readonly holder: string;
  readonly logicalId: string;
  readonly sid: string | undefined;
  readonly effect: unknown;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principal: unknown;
  readonly condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * Every statement of every policy document in a template, wherever it stands: identity, trust and resource policies.
 */
export function statementsOf(template: Template): readonly Statement[] {
  return resourcesOf(template).flatMap(({ logicalId, type, properties }) =>
    documentsIn(properties).flatMap((document) =>
      asList(document['Statement']).map((statement) => {
        const fields = statement as Record<string, unknown>;
        return {
          holder: type,
          logicalId,
          sid: typeof fields['Sid'] === 'string' ? fields['Sid'] : undefined,
          effect: fields['Effect'],
          actions: asList(fields['Action']).map(String),
          resources: asList(fields['Resource']).map(renderArn),
          principal: fields['Principal'],
          condition: (fields['Condition'] ?? {}) as Statement['condition'],
        };
      }),
    ),
  );
}

function documentsIn(value: unknown): readonly Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('Statement' in value) return [value];
  return Object.values(value).flatMap(documentsIn);
}

function asList(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Intrinsic functions as text: `arn:${AWS::Partition}:iam::*:role/Portcullis-Member`, `${LedgerTable.Arn}`. */
export function renderArn(value: unknown): string {
  if (typeof value === 'string') return value;
  const intrinsic = value as Record<string, unknown>;
  if (typeof intrinsic['Ref'] === 'string') return `\${${intrinsic['Ref']}}`;
  const join = intrinsic['Fn::Join'];
  if (Array.isArray(join)) return (join[1] as unknown[]).map(renderArn).join(String(join[0]));
  const attribute = intrinsic['Fn::GetAtt'];
  if (Array.isArray(attribute)) return `\${${attribute.join('.')}}`;
  throw new Error(`no text for ${JSON.stringify(value)}`);
}
