import type { Notice } from './notice';

/** How a person takes back what was done, as a command; undefined where nothing was done that can be. */
export function howToUndo({ kind, remediation, grant }: Notice): string | undefined {
  if (kind === 'Access Granted' && grant !== undefined) return `portcullis grants end ${grant.id}`;
  if (kind === 'Target Isolated' && remediation !== undefined) return `portcullis undo ${remediation.id}`;
  return kind === 'Ingress Closed' && remediation?.action === 'close' ? `portcullis undo ${remediation.id}` : undefined;
}
