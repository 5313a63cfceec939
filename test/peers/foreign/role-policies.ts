import type { PolicyDocument, PolicyStatement } from '../../../sandbox/runtime/operation';
import { NOT_ASKED_BY_MOTO } from './foreign-ec2';
import type { ForeignSandbox } from './foreign-sandbox';
import type { RoleToMake } from './moto';

/** One action that a role's policies allow, in every account that has the role. */
export interface Grant {
  readonly roleName: string;
  readonly action: string;
}

/** Allowed to everybody anyway: a statement must have an action. */
const NOTHING = 'sts:GetCallerIdentity';

/** Of the actions that moto judges: test/end-to-end/permissions takes away those that the sandbox judges. */
export function grantsOf(roles: readonly RoleToMake[]): readonly Grant[] {
  const grants = roles.flatMap(({ name, inlinePolicies }) =>
    Object.values(inlinePolicies)
      .flatMap(({ Statement }) => [Statement].flat())
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Action = [] }) => [Action].flat())
      .filter(isMotos)
      .map((action): Grant => ({ roleName: name, action })),
  );
  const byKey = new Map(grants.map((grant) => [`${grant.roleName} ${grant.action}`, grant]));
  return [...byKey.values()].sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}

export function keyOf({ roleName, action }: Grant): string {
  return `${roleName} ${action}`;
}

/**
 * Takes actions away where they are judged: EC2 and STS in moto, the rest in the sandbox. With none named,
 * everything is restored.
 */
export async function takeAway(grants: readonly Grant[], foreign: ForeignSandbox): Promise<void> {
  const { roles, moto, sandbox } = foreign;
  const { world } = sandbox;
  const putInSandbox = world.service('iam').provisioners?.['AWS::IAM::Policy'];
  if (!putInSandbox) throw new Error('The sandbox makes no policies.');
  for (const role of roles) {
    const taken = grants.filter(({ roleName }) => roleName === role.name).map(({ action }) => action);
    for (const [PolicyName, policy] of Object.entries(role.inlinePolicies)) {
      const place = {
        world,
        account: role.account,
        region: world.hub.region,
        logicalId: 'Changed',
        stackName: 'Peers',
      };
      await moto.putRolePolicy(role, PolicyName, without(policy, taken.filter(isMotos)));
      const left = without(
        policy,
        taken.filter((action) => !isMotos(action) || action === NOT_ASKED_BY_MOTO),
      );
      await putInSandbox({ PolicyName, PolicyDocument: left, Roles: [role.name] }, place);
    }
  }
}

function isMotos(action: string): boolean {
  return action.startsWith('ec2:') || action.startsWith('sts:');
}

function without(policy: PolicyDocument, actions: readonly string[]): PolicyDocument {
  return { ...policy, Statement: [policy.Statement].flat().map((statement) => reduce(statement, actions)) };
}

function reduce(statement: PolicyStatement, actions: readonly string[]): PolicyStatement {
  if (statement.Effect !== 'Allow') return statement;
  const left = [statement.Action ?? []].flat().filter((action) => !actions.includes(action));
  return { ...statement, Action: left.length > 0 ? left : NOTHING };
}
