import type { Account } from '@aws-sdk/client-organizations';
import { AwsError } from '../runtime/aws-error';
import type { World } from '../runtime/world';

interface Unit {
  readonly name: string;
  readonly parentId: string;
}

/** Root, organizational units and accounts of one organization. */
export class OrganizationTree {
  readonly rootId = 'r-5a0d';
  readonly #world: World;
  readonly #units = new Map<string, Unit>();
  readonly #parents: Map<string, string>;
  readonly #closed = new Set<string>();

  constructor(world: World) {
    this.#world = world;
    const security = this.addUnit(this.rootId, 'Security', 'security').id;
    const workloads = this.addUnit(this.rootId, 'Workloads', 'workloads').id;
    this.#parents = new Map(
      world.accounts.map((account) => [account, account === world.hub.account ? security : workloads]),
    );
  }

  /** @throws AwsError where the parent does not exist. */
  addUnit(parentId: string, name: string, suffix: string): { readonly id: string } {
    this.#checkParent(parentId, 'ParentNotFoundException');
    const id = `ou-${this.rootId.slice(2)}-${suffix}`;
    this.#units.set(id, { name, parentId });
    return { id };
  }

  /** @throws AwsError where it does not exist, or something is in it. */
  removeUnit(id: string): void {
    this.unit(id);
    const isIn = (parentId: string) => parentId === id;
    if ([...this.#parents.values()].some(isIn) || [...this.#units.values()].some((each) => isIn(each.parentId))) {
      throw new AwsError('OrganizationalUnitNotEmptyException', 'The specified OU is not empty.');
    }
    this.#units.delete(id);
  }

  /** @throws AwsError where it does not exist. */
  unit(id: string): Unit {
    const found = this.#units.get(id);
    if (found) return found;
    throw new AwsError(
      'OrganizationalUnitNotFoundException',
      `We can't find an OU with the OrganizationalUnitId that you specified.`,
    );
  }

  /** Ids of what an account or unit is in, the nearest first and the root last; none for what does not exist. */
  above(id: string): readonly string[] {
    const parentId = this.#parents.get(id) ?? this.#units.get(id)?.parentId;
    return parentId === undefined ? [] : [parentId, ...this.above(parentId)];
  }

  /** @throws AwsError where it is not in the organization. */
  account(id: string): Account {
    const { partition, accounts, hub, organizationId } = this.#world;
    if (!this.#parents.has(id)) {
      throw new AwsError('AccountNotFoundException', "You specified an account that doesn't exist.");
    }
    const number = accounts.filter((each) => each !== hub.account).indexOf(id) + 1;
    return {
      Id: id,
      Arn: `arn:${partition}:organizations::${hub.account}:account/${organizationId}/${id}`,
      Name: number === 0 ? 'security' : `workload-${String(number)}`,
      Email: `${id}@example.com`,
      State: this.#closed.has(id) ? 'SUSPENDED' : 'ACTIVE',
      Paths: [`${[organizationId, ...this.above(id).toReversed(), id].join('/')}/`],
      JoinedMethod: 'CREATED',
    };
  }

  /** All accounts, in the order in which they came. */
  accounts(): readonly string[] {
    return [...this.#parents.keys()];
  }

  /** Accounts and units right below a unit or the root. */
  below(parentId: string): { readonly accounts: readonly string[]; readonly units: readonly string[] } {
    this.#checkParent(parentId, 'ParentNotFoundException');
    const units = [...this.#units].filter(([, unit]) => unit.parentId === parentId).map(([id]) => id);
    return { units, accounts: this.accounts().filter((id) => this.#parents.get(id) === parentId) };
  }

  /** A new account begins in the root: https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html */
  addAccount(id: string): void {
    this.#world.addAccount(id);
    this.#parents.set(id, this.rootId);
  }

  /** @throws AwsError where it is not in the organization. */
  close(id: string): void {
    this.account(id);
    this.#closed.add(id);
  }

  /** @throws AwsError where it is not in the organization. */
  remove(id: string): void {
    this.account(id);
    this.#parents.delete(id);
    this.#world.removeAccount(id);
  }

  /** @throws AwsError where account or unit do not exist, or the account is somewhere else. */
  move(account: string, from: string, to: string): void {
    if (!this.#parents.has(account)) {
      throw new AwsError('AccountNotFoundException', "You specified an account that doesn't exist.");
    }
    if (this.#parents.get(account) !== from) {
      throw new AwsError('SourceParentNotFoundException', "You specified a source that the account isn't in.");
    }
    this.#checkParent(to, 'DestinationParentNotFoundException');
    this.#parents.set(account, to);
  }

  #checkParent(id: string, code: string): void {
    if (id === this.rootId || this.#units.has(id)) return;
    throw new AwsError(code, `We can't find a root or OU with the id ${id}.`);
  }
}
