import { because, type Because } from '../../core/reasons/because';

/** How a remediation ends where a service did not answer what must be known: nobody claims anything. */
export function couldNotTell(cause: string): Because & { readonly outcome: 'could-not-tell' } {
  return { outcome: 'could-not-tell', ...because({ code: 'service-failed', cause }) };
}
