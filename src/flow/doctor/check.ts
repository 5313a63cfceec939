import type { FailureCode, PortFailure } from '../ports';

/** What one check of a deployment or its prerequisites showed, as `doctor --json` prints it. */
export interface Check {
  /** What was checked, such as `queue Portcullis-DeadLetters`. */
  readonly check: string;
  /** `unknown`: it could not be checked. */
  readonly status: 'ok' | 'failed' | 'unknown';
  readonly found: string;
  /** What to do, as a command to paste where there is one; empty where nothing is to be done. */
  readonly fix: string;
}

/** What holds. */
export function ok(check: string, found: string): Check {
  return { check, status: 'ok', found, fix: '' };
}

/** What does not hold, with what to do. */
export function failed(check: string, found: string, fix: string): Check {
  return { check, status: 'failed', found, fix };
}

/** What could not be checked: without the permission the fix is the permission, which the service's message names. */
export function unknown(check: string, { code, cause }: PortFailure): Check {
  return { check, status: 'unknown', found: cause, fix: fixOf(code, cause) };
}

function fixOf(code: FailureCode, cause: string): string {
  if (code === 'access-denied') return allow(cause);
  if (code === 'region-disabled') return 'enable the Region in that account, or take it out of members.regions';
  return 'run doctor again; where it stays so, look at what the service says';
}

/** A statement to paste into the policy of whoever runs doctor, where the service says what it missed. */
function allow(cause: string): string {
  const [, action] = /to perform:? ([\w-]+:\w+)/.exec(cause) ?? [];
  if (action === undefined) return 'allow who runs doctor the call that is named here (docs/doctor.md lists them all)';
  const statement = JSON.stringify({ Effect: 'Allow', Action: action, Resource: '*' });
  return `add to a policy of who runs doctor (docs/doctor.md has all of it): ${statement}`;
}
