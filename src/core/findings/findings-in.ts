import { isOcsf } from './ocsf/parse-ocsf-finding';

/**
 * The findings of what people have of them, each unread: what `get-findings` prints, an event of EventBridge, a list,
 * or a finding alone. Undefined for what holds none.
 */
export function findingsIn(document: unknown): readonly unknown[] | undefined {
  if (Array.isArray(document)) return document.flatMap((element: unknown) => findingsIn(element) ?? [element]);
  if (!isFields(document)) return undefined;
  const { Findings: findings, detail } = document;
  const list: unknown = findings ?? (isFields(detail) ? detail['findings'] : undefined);
  if (Array.isArray(list)) return list as readonly unknown[];
  return isFinding(document) ? [document] : undefined;
}

/** In ASFF both are required; what has neither names no finding to anybody, unless it is one of Security Hub V2. */
function isFinding(fields: Readonly<Record<string, unknown>>): boolean {
  return (fields['ProductArn'] !== undefined && fields['Id'] !== undefined) || isOcsf(fields);
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
