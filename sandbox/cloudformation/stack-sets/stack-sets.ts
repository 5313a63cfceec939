import { AwsError } from '../../runtime/aws-error';
import type { World } from '../../runtime/world';
import { collectProvisioners, createStack } from '../create-stack';
import { reachedAccounts } from './reached-accounts';
import type { ReachedAccount, StackInstance, StackSet } from './stack-set';

/** The StackSets of an organization, and the instances that come and go with its accounts. */
export class StackSets {
  readonly #world: World;
  readonly #sets = new Map<string, StackSet>();
  /** One operation at a time: what comes meanwhile is queued, as with managed execution. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(world: World) {
    this.#world = world;
  }

  /** @throws AwsError StackSetNotFoundException */
  get(region: string, nameOrId: string): StackSet {
    const found = this.#sets.get(`${region}/${nameOrId.split(':')[0] ?? ''}`);
    if (found) return found;
    throw new AwsError('StackSetNotFoundException', `StackSet ${nameOrId} not found`, 404);
  }

  list(region: string): readonly StackSet[] {
    return [...this.#sets.values()].filter((set) => set.region === region);
  }

  /**
   * Makes a set with its instances, Region by Region, until more accounts of a Region fail than may.
   *
   * @throws AwsError where its name is taken, a unit does not exist, or more accounts failed than may
   */
  async create(set: StackSet): Promise<void> {
    const key = `${set.region}/${set.name}`;
    if (this.#sets.has(key)) {
      throw new AwsError('NameAlreadyExistsException', `StackSet ${set.name} already exists`, 409);
    }
    const reached = await reachedAccounts(this.#world, set.units);
    this.#sets.set(key, set);
    const accounts = reached.filter(({ account }) => !set.excluded.includes(account));
    await this.#queued(() => this.#deploy(set, accounts));
  }

  /** An account came, went, moved or was closed: what deploys by itself follows. */
  async follow(account: string): Promise<void> {
    for (const set of this.#sets.values()) {
      if (set.autoDeployment.enabled) await this.#queued(() => this.#follow(set, account));
    }
  }

  #queued<Value>(operation: () => Promise<Value>): Promise<Value> {
    const next = this.#last.then(operation, operation);
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #follow(set: StackSet, account: string): Promise<void> {
    const existing = [];
    for (const unit of set.units) existing.push(...(await reachedAccounts(this.#world, [unit]).catch(() => [])));
    const reached = existing.find((each) => each.account === account);
    // What failed in an account is reported by its instance, not to whoever moved it.
    if (reached !== undefined) await this.#deploy(set, [reached]).catch(() => undefined);
    else this.#leave(set, account);
  }

  #leave(set: StackSet, account: string): void {
    for (const [key, instance] of set.instances) {
      if (instance.account !== account) continue;
      set.instances.delete(key);
      if (!set.autoDeployment.retainsStacks) for (const remove of instance.remove) remove();
    }
  }

  async #deploy(set: StackSet, accounts: readonly ReachedAccount[]): Promise<void> {
    const mayFail = Math.floor((accounts.length * set.failureTolerancePercentage) / 100);
    for (const region of set.regions) {
      let failed: StackInstance | undefined;
      let failures = 0;
      for (const each of accounts) {
        const instance = await this.#instanceFor(set, each, region);
        set.instances.set(`${each.account}/${region}`, instance);
        if (instance.detailedStatus !== 'FAILED') continue;
        failed ??= instance;
        failures += 1;
      }
      if (failed === undefined || failures <= mayFail) continue;
      const { account, reason = '' } = failed;
      throw new AwsError(
        'OperationFailed',
        `StackSet ${set.name}: ${String(failures)} of ${String(accounts.length)} accounts failed in ${region}, ` +
          `which is more than may; account ${account}: ${reason}`,
      );
    }
  }

  async #instanceFor(set: StackSet, { account, unit, isSuspended }: ReachedAccount, region: string) {
    const known = set.instances.get(`${account}/${region}`);
    const place = { account, region, unit };
    if (isSuspended) {
      const remove = known?.remove ?? [];
      return { ...place, status: 'OUTDATED', detailedStatus: 'SKIPPED_SUSPENDED_ACCOUNT', remove } as const;
    }
    if (known?.status === 'CURRENT') return { ...known, unit };
    return this.#create(set, place);
  }

  async #create(set: StackSet, place: { account: string; region: string; unit: string }): Promise<StackInstance> {
    const { account, region } = place;
    const world = this.#world;
    const made: (() => void)[] = [];
    try {
      if (!world.regions.includes(region) || world.optInStatus(account, region) === 'not-opted-in') {
        throw new AwsError('RegionDisabled', `Region ${region} is not enabled in account ${account}`);
      }
      const stackName = `StackSet-${set.name}-${world.uuid()}`;
      const { stackId } = await createStack(
        {
          template: set.template,
          parameters: {},
          place: { world, account, region, stackName, exports: new Map() },
          provisioners: collectProvisioners(world),
          assetPath: () => undefined,
        },
        (_type, { remove }) => made.unshift(remove ?? (() => undefined)),
      );
      return { ...place, status: 'CURRENT', detailedStatus: 'SUCCEEDED', stackId, remove: made };
    } catch (error) {
      for (const remove of made) remove();
      const reason = error instanceof Error ? error.message : String(error);
      return { ...place, status: 'OUTDATED', detailedStatus: 'FAILED', reason, remove: [] };
    }
  }
}
