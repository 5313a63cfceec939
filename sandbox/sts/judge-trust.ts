import { askPolicies, judgeAnswers, type Refusal } from '../iam/authorize';
import type { Role, RoleStore } from '../iam/role-store';
import type { CallContext } from '../runtime/operation';

/**
 * May the caller take on the role? Unlike other resources a role does not open to its own account by itself: its trust
 * policy must name the caller, or name the caller's account while the caller's own policies allow `sts:AssumeRole`.
 * Between accounts both are needed. A role that does not exist is refused in the same words, as STS does.
 */
export function judgeTrust(
  role: Role | undefined,
  roleArn: string,
  call: CallContext,
  roles: RoleStore,
  context: Readonly<Record<string, string>>,
): Refusal {
  const permission = { action: 'sts:AssumeRole', resource: roleArn, context };
  const answers = askPolicies(permission, call, roles, role?.trustPolicy);
  const within = call.principal.kind === 'service' || role?.account === call.principal.account;
  return judgeAnswers(
    permission,
    call,
    answers,
    ({ byIdentity, byResource }) =>
      (byResource === 'direct' && within) || (byResource !== 'silent' && byIdentity === 'allowed'),
  );
}
