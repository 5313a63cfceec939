import type { Notice } from './notice';

/** How a person takes back what was done, as a command; undefined where nothing was done that can be. */
export function howToUndo({ kind, remediation }: Notice): string | undefined {
  return kind === 'Ingress Closed' && remediation?.action === 'close' ? `portcullis undo ${remediation.id}` : undefined;
}
