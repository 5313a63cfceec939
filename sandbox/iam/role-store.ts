import { AwsError } from '../runtime/aws-error';
import type { PolicyDocument } from '../runtime/operation';
import { AWS_MANAGED_POLICIES } from './aws-managed-policies';

export interface Role {
  readonly account: string;
  readonly name: string;
  readonly arn: string;
  readonly roleId: string;
  readonly trustPolicy: PolicyDocument;
  readonly maxSessionSeconds: number;
  /** Inline policies by name. */
  readonly inlinePolicies: Map<string, PolicyDocument>;
  readonly managedPolicyArns: Set<string>;
  /** Which template resource made it: the same one may make it again, another may not. */
  readonly madeBy: string;
}

/** Roles and customer-managed policies of all accounts. IAM knows no Regions: a role's name is taken in all of them. */
export class RoleStore {
  readonly #roles = new Map<string, Role>();
  readonly #managedPolicies = new Map<string, { readonly document: PolicyDocument; readonly madeBy: string }>();

  /** @throws AwsError EntityAlreadyExists */
  putRole(role: Role): void {
    const key = `${role.account}/${role.name}`;
    const known = this.#roles.get(key);
    if (known && known.madeBy !== role.madeBy) {
      throw new AwsError('EntityAlreadyExists', `Role with name ${role.name} already exists.`, 409);
    }
    for (const arn of role.managedPolicyArns) this.managedPolicy(arn);
    this.#roles.set(key, role);
  }

  removeRole({ account, name }: Role): void {
    this.#roles.delete(`${account}/${name}`);
  }

  findRole(account: string, name: string): Role | undefined {
    return this.#roles.get(`${account}/${name}`);
  }

  findRoleByArn(arn: string): Role | undefined {
    const [, , , , account = '', resource = ''] = arn.split(':');
    const role = this.findRole(account, resource.split('/').at(-1) ?? '');
    return role?.arn === arn ? role : undefined;
  }

  /** @throws AwsError NoSuchEntity */
  roleNamed(account: string, name: string): Role {
    const role = this.findRole(account, name);
    if (!role) throw new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
    return role;
  }

  roles(): readonly Role[] {
    return [...this.#roles.values()];
  }

  /** @throws AwsError EntityAlreadyExists */
  putManagedPolicy(arn: string, document: PolicyDocument, madeBy: string): void {
    const known = this.#managedPolicies.get(arn);
    if (known && known.madeBy !== madeBy) {
      throw new AwsError('EntityAlreadyExists', `A policy called ${arn} already exists.`, 409);
    }
    this.#managedPolicies.set(arn, { document, madeBy });
  }

  /** @throws AwsError NoSuchEntity, also for policies of AWS that the sandbox does not know. */
  managedPolicy(arn: string): PolicyDocument {
    const ofAws = /^arn:[^:]+:iam::aws:policy\/(?<name>.+)$/.exec(arn)?.groups?.['name'];
    const document = ofAws === undefined ? this.#managedPolicies.get(arn)?.document : AWS_MANAGED_POLICIES[ofAws];
    if (document) return document;
    const hint = ofAws === undefined ? '' : ' in the sandbox; docs/sandbox.md lists the policies of AWS that are';
    throw new AwsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable${hint}.`, 404);
  }

  /** Everything that a role's sessions are allowed or denied by. */
  policiesOf(role: Role): readonly PolicyDocument[] {
    return [...role.inlinePolicies.values(), ...[...role.managedPolicyArns].map((arn) => this.managedPolicy(arn))];
  }
}
