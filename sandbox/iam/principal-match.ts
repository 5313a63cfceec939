import type { PolicyStatement, Principal } from '../runtime/operation';
import { toList } from './request-context';

/** `direct` names the principal itself, `account` leaves the choice to the principal's account and its own policies. */
export type PrincipalMatch = 'direct' | 'account' | 'none';

/** The ARN that policies and messages know a principal by. */
export function toPrincipalArn(principal: Principal, partition: string): string {
  switch (principal.kind) {
    case 'account':
      return `arn:${partition}:iam::${principal.account}:root`;
    case 'role':
      return `arn:${partition}:sts::${principal.account}:assumed-role/${principal.roleName}/${principal.sessionName}`;
    case 'service':
      return principal.service;
  }
}

/** How a resource policy's statement speaks of a principal. `roleArn` is the ARN of the session's role. */
export function matchPrincipal(
  statement: PolicyStatement,
  principal: Principal,
  partition: string,
  roleArn: string | undefined,
): PrincipalMatch {
  const named = statement.Principal;
  if (named === undefined) return 'none';
  if (named === '*') return 'direct';
  if (principal.kind === 'service') return toList(named['Service']).includes(principal.service) ? 'direct' : 'none';
  const accounts = toList(named['AWS']);
  if (accounts.includes('*')) return 'direct';
  const rootArn = `arn:${partition}:iam::${principal.account}:root`;
  if (principal.kind === 'role') {
    if (accounts.includes(toPrincipalArn(principal, partition))) return 'direct';
    if (roleArn !== undefined && accounts.includes(roleArn)) return 'direct';
  }
  return accounts.includes(rootArn) || accounts.includes(principal.account) ? 'account' : 'none';
}
