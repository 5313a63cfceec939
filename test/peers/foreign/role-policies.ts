import type { PolicyDocument, PolicyStatement } from '../../../src/sandbox/kernel/operation';
import type { ForeignSandbox } from './foreign-sandbox';
import type { RoleToMake } from './moto';

/** One action that a role's policies allow, in every account that has the role. */
export interface Grant {
  readonly roleName: string;
  readonly action: string;
}

/** Allowed to everybody anyway: a statement must have an action. */
const NOTHING = 'sts:GetCallerIdentity';

export function grantsOf(roles: readonly RoleToMake[]): readonly Grant[] {
  const grants = roles.flatMap(({ name, inlinePolicies }) =>
    Object.values(inlinePolicies)
      .flatMap(({ Statement }) => [Statement].flat())
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Action = [] }) => [Action].flat())
      .map((action): Grant => ({ roleName: name, action })),
  );
  const byKey = new Map(grants.map((grant) => [`${grant.roleName} ${grant.action}`, grant]));
  return [...byKey.values()].sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}

export function keyOf({ roleName, action }: Grant): string {
  return `${roleName} ${action}`;
}

/** Moto judges EC2 and STS, the sandbox everything else: the action is taken away where it is judged. */
export async function takeAway(grant: Grant, foreign: ForeignSandbox): Promise<void> {
  await putPolicies(grant, foreign, (policy) => without(policy, grant.action));
}

export async function giveBack(grant: Grant, foreign: ForeignSandbox): Promise<void> {
  await putPolicies(grant, foreign, (policy) => policy);
}

async function putPolicies(
  { roleName, action }: Grant,
  { roles, moto, sandbox }: ForeignSandbox,
  change: (policy: PolicyDocument) => PolicyDocument,
): Promise<void> {
  const { world } = sandbox;
  const putInSandbox = world.service('iam').provisioners?.['AWS::IAM::Policy'];
  if (!putInSandbox) throw new Error('The sandbox makes no policies.');
  for (const role of roles.filter(({ name }) => name === roleName)) {
    for (const [PolicyName, policy] of Object.entries(role.inlinePolicies)) {
      const PolicyDocument = change(policy);
      if (/^(ec2|sts):/.test(action)) {
        await moto.putRolePolicy(role, PolicyName, PolicyDocument);
      } else {
        const place = {
          world,
          account: role.account,
          region: world.hub.region,
          logicalId: 'Changed',
          stackName: 'Peers',
        };
        await putInSandbox({ PolicyName, PolicyDocument, Roles: [role.name] }, place);
      }
    }
  }
}

function without(policy: PolicyDocument, action: string): PolicyDocument {
  return { ...policy, Statement: [policy.Statement].flat().map((statement) => reduce(statement, action)) };
}

function reduce(statement: PolicyStatement, action: string): PolicyStatement {
  if (statement.Effect !== 'Allow') return statement;
  const left = [statement.Action ?? []].flat().filter((one) => one !== action);
  return { ...statement, Action: left.length > 0 ? left : NOTHING };
}
