import type { CallContext, PolicyDocument, Principal, RequiredPermission } from '../runtime/operation';
import {
  answerOf,
  type Grant,
  grantsIn,
  type PolicyAnswer,
  type PolicyQuestion,
  statementsAbout,
} from './evaluate-policies';
import { matchPrincipal, toPrincipalArn } from './principal-match';
import { RequestContext } from './request-context';
import type { Role, RoleStore } from './role-store';

/** The resource's own policy, where it has one. */
export type FindResourcePolicy = (resourceArn: string) => PolicyDocument | undefined;

/** Undefined when allowed; else the sentence with which AWS refuses. */
export type Refusal = string | undefined;

/**
 * The world's signal for a call that a role could not have made without one action that one statement of its policies
 * allows; the payload is a {@link GrantNeeded}. Whoever listens learns what each grant is for.
 */
export const grantNeeded = 'iam:grant-needed';

export interface GrantNeeded extends Grant {
  readonly account: string;
  readonly role: string;
}

/**
 * IAM's judgement of one permission: an explicit Deny wins, also over the account's administrator; within an account
 * the principal's policies or the resource's suffice; between accounts both must allow; services are judged by the
 * resource's policy alone.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function judgePermission(
  permission: RequiredPermission,
  call: CallContext,
  roles: RoleStore,
  findResourcePolicy: FindResourcePolicy,
): Refusal {
  const { principal } = call;
  const ownAccount = (accountOf(permission.resource) ?? call.account) === principal.account;
  const answers = askPolicies(permission, call, roles, findResourcePolicy(permission.resource));
  return judgeAnswers(permission, call, answers, ({ byIdentity, byResource }) => {
    if (principal.kind === 'service') return byResource === 'direct';
    if (ownAccount) return byIdentity === 'allowed' || byResource === 'direct';
    return byIdentity === 'allowed' && byResource !== 'silent';
  });
}

/** What both sides say: the principal's own policies, and the resource's. */
export interface PolicyAnswers {
  readonly byIdentity: PolicyAnswer;
  /** `direct` to the principal itself, `account` to its account. */
  readonly byResource: 'denied' | 'direct' | 'account' | 'silent';
  /** What in the role's own policies allows it. */
  readonly grants: readonly Grant[];
}

/**
 * Asks both sides by themselves: the policies of the role, and the resource's; what they add up to is for the caller.
 * An account's administrator has no policies and is allowed everything by identity.
 */
export function askPolicies(
  permission: RequiredPermission,
  call: CallContext,
  roles: RoleStore,
  resourcePolicy: PolicyDocument | undefined,
): PolicyAnswers {
  const { principal, world } = call;
  const role = principal.kind === 'role' ? roles.findRole(principal.account, principal.roleName) : undefined;
  const question: PolicyQuestion = {
    action: permission.action,
    resource: permission.resource,
    context: new RequestContext({ ...globalContext(call, role, permission.resource), ...permission.context }),
  };
  const own = role ? statementsAbout(roles.policiesOf(role), question) : [];
  return {
    // An account's administrator is allowed everything by its own side; the other account's side is asked as well.
    byIdentity: principal.kind === 'account' ? 'allowed' : answerOf(own),
    byResource: askResource(resourcePolicy, principal, world.partition, role, question),
    grants: grantsIn(own, question),
  };
}

/**
 * Judges what both sides say, and emits which grant of the role it took.
 * @param isEnough whether these answers allow it, where nothing denies it.
 */
export function judgeAnswers(
  permission: RequiredPermission,
  call: CallContext,
  answers: PolicyAnswers,
  isEnough: (answers: Pick<PolicyAnswers, 'byIdentity' | 'byResource'>) => boolean,
): Refusal {
  const refusal = toRefusal(permission, call, answers, isEnough(answers));
  const [grant, another] = answers.grants;
  const { principal, world } = call;
  if (refusal !== undefined || principal.kind !== 'role' || !grant || another) return refusal;
  if (!isEnough({ byIdentity: 'silent', byResource: answers.byResource })) {
    world.emit(grantNeeded, { account: principal.account, role: principal.roleName, ...grant } satisfies GrantNeeded);
  }
  return undefined;
}

/** In the words of https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function toRefusal(
  permission: RequiredPermission,
  { principal, world }: CallContext,
  { byIdentity, byResource }: PolicyAnswers,
  enough: boolean,
): Refusal {
  const { action, resource } = permission;
  const on = resource === '*' ? '' : ` on resource: ${resource}`;
  const refused = `User: ${toPrincipalArn(principal, world.partition)} is not authorized to perform: ${action}${on}`;
  if (byIdentity === 'denied') return `${refused} with an explicit deny in an identity-based policy`;
  if (byResource === 'denied') return `${refused} with an explicit deny in a resource-based policy`;
  if (enough) return undefined;
  const silent = principal.kind === 'service' || byIdentity === 'allowed' ? 'resource' : 'identity';
  return `${refused} because no ${silent}-based policy allows the ${action} action`;
}

function askResource(
  policy: PolicyDocument | undefined,
  principal: Principal,
  partition: string,
  role: Role | undefined,
  question: PolicyQuestion,
): PolicyAnswers['byResource'] {
  if (!policy) return 'silent';
  const speaking = statementsAbout([policy], question);
  const to = (match: ReturnType<typeof matchPrincipal>): PolicyAnswer =>
    answerOf(speaking.filter((statement) => matchPrincipal(statement, principal, partition, role?.arn) === match));
  const [direct, account] = [to('direct'), to('account')];
  if (direct === 'denied' || account === 'denied') return 'denied';
  if (direct === 'allowed') return 'direct';
  return account === 'allowed' ? 'account' : 'silent';
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
function globalContext(
  { principal, region, world }: CallContext,
  role: Role | undefined,
  resource: string,
): Readonly<Record<string, string | undefined>> {
  const always = {
    'aws:RequestedRegion': region,
    'aws:CurrentTime': new Date(world.clock.now()).toISOString(),
    'aws:EpochTime': String(Math.floor(world.clock.now() / 1000)),
    'aws:SecureTransport': 'true',
    'aws:ResourceOrgID': world.organizationOf(accountOf(resource) ?? principal.account),
  };
  if (principal.kind === 'service') {
    return {
      ...always,
      'aws:SourceArn': principal.sourceArn,
      'aws:SourceAccount': principal.account,
      'aws:SourceOrgID': world.organizationOf(principal.account),
      'aws:PrincipalIsAWSService': 'true',
      'aws:PrincipalServiceName': principal.service,
    };
  }
  return {
    ...always,
    'aws:PrincipalAccount': principal.account,
    'aws:PrincipalArn': role?.arn ?? toPrincipalArn(principal, world.partition),
    'aws:PrincipalOrgID': world.organizationOf(principal.account),
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalType': principal.kind === 'role' ? 'AssumedRole' : 'Account',
    'aws:userid': role && principal.kind === 'role' ? `${role.roleId}:${principal.sessionName}` : principal.account,
  };
}

function accountOf(arn: string): string | undefined {
  const account = arn.split(':')[4];
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}
