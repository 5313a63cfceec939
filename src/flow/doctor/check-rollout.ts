import type { StackInstanceState, StackSets, StackSetState } from '../ports';
import { failed, ok, unknown, type Check } from './check';

export interface RolloutPorts {
  readonly stackSets: StackSets;
  /** The StackSet of the member stack, and that of isolation. */
  readonly names: { readonly member: string; readonly isolation: string };
  /** The stack that makes both. */
  readonly stack: string;
}

/** So many instances that are not well are reported, a line each. */
const MOST = 20;

/**
 * The StackSet that brings the member stack into accounts, and its instances that are not well: which failed, are of an
 * older template or were changed by hand, by account and Region.
 *
 * @param isHere whether the account is the one that the StackSet is made in: else one that is not seen may be elsewhere
 */
export async function checkRollout(
  { stackSets, names, stack }: RolloutPorts,
  isHere: boolean,
): Promise<readonly Check[]> {
  const check = `StackSet ${names.member}`;
  const member = await stackSets.fetchStackSet(names.member);
  if (!member.ok) return [unknown(check, member.error)];
  if (member.value === undefined) {
    const elsewhere =
      'it is not this account that sees it; what it brought is checked member by member, and the StackSet itself ' +
      'with credentials of rollout.account: portcullis doctor --rollout';
    return [isHere ? failed(check, 'there is none in this Region', `npx cdk deploy ${stack}`) : ok(check, elsewhere)];
  }
  const isolation = await stackSets.fetchStackSet(names.isolation);
  return [
    ...checkSet(names.member, member.value, stack),
    ...(isolation.ok
      ? isolation.value === undefined
        ? []
        : checkSet(names.isolation, isolation.value, stack)
      : [unknown(`StackSet ${names.isolation}`, isolation.error)]),
  ];
}

function checkSet(name: string, set: StackSetState, stack: string): readonly Check[] {
  const check = `StackSet ${name}`;
  const fix = `npx cdk deploy ${stack}`;
  if (set.status !== 'ACTIVE') return [failed(check, set.status, fix)];
  const checked = set.instances.flatMap((instance) => checkInstance(name, instance, set.callAs) ?? []);
  const figures = `${String(set.instances.length - checked.length)} of ${String(set.instances.length)} stacks are current`;
  const drift =
    set.driftCheckedAt === undefined
      ? `drift was never detected (aws cloudformation detect-stack-set-drift --stack-set-name ${name} ${asCaller(set.callAs)})`
      : `drift was detected for last at ${set.driftCheckedAt}`;
  const found = `${set.status}; ${figures}; ${drift}`;
  const more = checked.length - MOST;
  return [
    set.deploysToNewAccounts ? ok(check, found) : failed(check, `${found}; it does not deploy to new accounts`, fix),
    ...checked.slice(0, MOST),
    ...(more > 0 ? [failed(check, `${String(more)} more stacks are not well`, listCommand(name, set.callAs))] : []),
  ];
}

function checkInstance(name: string, instance: StackInstanceState, callAs: string): Check | undefined {
  const { account, region, status, detailedStatus, reason, isDrifted, stackId } = instance;
  const check = `StackSet ${name} ${account} ${region}`;
  const found = [status, detailedStatus, reason].filter((each) => each !== '').join(': ');
  if (detailedStatus === 'SKIPPED_SUSPENDED_ACCOUNT') return ok(check, 'the account is suspended');
  if (detailedStatus === 'PENDING' || detailedStatus === 'RUNNING') {
    return { check, status: 'unknown', found, fix: 'it is under way: run doctor again' };
  }
  if (status !== 'CURRENT') return failed(check, found, mend(name, instance, callAs));
  if (!isDrifted) return undefined;
  const describe = `aws cloudformation describe-stack-resource-drifts --stack-name ${stackId} --region ${region}`;
  return failed(
    check,
    'somebody has changed by hand what the stack made',
    `with credentials of ${account}, see what: ${describe}; change it back`,
  );
}

/** CloudFormation leaves a stack alone whose template does not change, so that another deployment mends nothing. */
function mend(name: string, { account, region, unit, status, reason }: StackInstanceState, callAs: string): string {
  const targets = JSON.stringify({
    OrganizationalUnitIds: [unit],
    Accounts: [account],
    AccountFilterType: 'INTERSECTION',
  });
  const verb = status === 'INOPERABLE' ? 'delete-stack-instances --no-retain-stacks' : 'update-stack-instances';
  const again =
    `aws cloudformation ${verb} --stack-set-name ${name} ${asCaller(callAs)} --regions ${region} ` +
    `--deployment-targets '${targets}'`;
  const first = /RegionDisabled|not enabled|OptInRequired/i.test(reason)
    ? `with credentials of ${account}: aws account enable-region --region-name ${region}`
    : 'mend what the reason says';
  return status === 'INOPERABLE' ? again : `${first}; then ${again}`;
}

function listCommand(name: string, callAs: string): string {
  return `aws cloudformation list-stack-instances --stack-set-name ${name} ${asCaller(callAs)}`;
}

function asCaller(callAs: string): string {
  return `--call-as ${callAs}`;
}
