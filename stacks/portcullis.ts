import type { App } from 'aws-cdk-lib';
import { hasDetector } from '../src/core/configuration/has-detector';
import { toDetectionNames } from '../src/core/configuration/names/detection-names';
import { toDrillNames } from '../src/core/configuration/names/drill-names';
import { toDeploymentNames } from '../src/core/configuration/names/deployment-names';
import type { Configuration } from '../src/core/configuration/schema/configuration-schema';
import { toRolloutNames } from '../src/core/configuration/names/rollout-names';
import { deployedDirectly, responsibilitiesOf } from '../src/core/configuration/rollout-responsibilities';
import { DetectionStack } from './detection-stack';
import { DrillStack } from './drill-stack';
import { toIsolationNames } from '../src/core/configuration/names/isolation-names';
import { IsolationStack } from './isolation-stack';
import { HubStack } from './hub-stack';
import { MemberStack } from './member-stack';
import { memberVersion } from './member-template';
import { RolloutStack } from './rollout-stack';
import { RulesStack, ruleRegions } from './rules-stack';

interface HubStacks {
  readonly hub: HubStack;
  /** Where single targets are read: those that CloudTrail reports, and those that were closed. */
  readonly detection?: DetectionStack;
  readonly rules: readonly RulesStack[];
}

export interface PortcullisStacks extends HubStacks {
  /** For any account and Region, one at a time. */
  readonly member: MemberStack;
  /** On top of a member stack, where instances may be isolated. */
  readonly isolation?: IsolationStack;
  /** One for each account for drills. */
  readonly drills: readonly DrillStack[];
  /** Where a StackSet brings the member stack into the accounts of the organization. */
  readonly rollout?: RolloutStack;
  /** The member stack of accounts that the StackSet leaves out, one for each Region. */
  readonly direct: readonly MemberStack[];
}

/** Adds every stack of a deployment to an app. */
export function addStacks(app: App, configuration: Configuration): PortcullisStacks {
  const before = addMembers(app, configuration, deployedDirectly(configuration));
  const rollout = addRollout(app, configuration);
  return {
    ...inOrder(addHub(app, configuration), before, rollout),
    ...(rollout === undefined ? {} : { rollout }),
    direct: before,
    ...addAlone(app, configuration),
    drills: addDrills(app, configuration, configuration.drill?.accounts ?? []),
  };
}

/**
 * Adds what one account is responsible for, of a configuration with `rollout`: so `npx cdk deploy --all` deploys that
 * and nothing else. One that the configuration does not name gets the member stack alone.
 *
 * @returns whether the configuration names the account
 */
export function addStacksOf(app: App, configuration: Configuration, account: string): boolean {
  const { hub, rollout, members, drill } = responsibilitiesOf(account, configuration);
  const direct = members ? addMembers(app, configuration, [account]) : [];
  const rolledOut = rollout ? addRollout(app, configuration) : undefined;
  if (hub) inOrder(addHub(app, configuration), direct, rolledOut);
  if (drill) addDrills(app, configuration, [account]);
  const isNamed = hub || rollout || members || drill;
  if (!isNamed) addAlone(app, configuration);
  return isNamed;
}

/** Members before the hub: it may rely on what only their new version has. */
function inOrder(stacks: HubStacks, members: readonly MemberStack[], rollout: RolloutStack | undefined): HubStacks {
  const { hub } = stacks;
  const own = members.filter(({ account }) => account === hub.account);
  const first = rollout?.account === hub.account ? [...own, rollout] : own;
  for (const each of first) hub.addStackDependency(each);
  return stacks;
}

function addHub(app: App, configuration: Configuration): HubStacks {
  const names = toDeploymentNames(configuration.prefix);
  const { account, aggregationRegion } = configuration.hub;
  const env = { account, region: aggregationRegion };
  const hub = new HubStack(app, names.stacks.hub, { env, configuration, names });
  const detection = toDetectionNames(configuration.prefix);
  return {
    hub,
    ...(!hasDetector(configuration)
      ? {}
      : { detection: new DetectionStack(app, detection.stack, { env, configuration, names, detection, hub }) }),
    rules: ruleRegions(configuration).map(({ region, hubs }) => {
      const props = { env: { account, region }, configuration, hubs };
      return new RulesStack(app, names.stacks.rules(region), props);
    }),
  };
}

/** What a member account gets, wherever that is deployed to. */
function addAlone(app: App, configuration: Configuration): Pick<PortcullisStacks, 'member' | 'isolation'> {
  const { prefix } = configuration;
  const names = toDeploymentNames(prefix);
  const member = new MemberStack(app, names.stacks.member, {
    configuration,
    names,
    version: memberVersion(configuration),
  });
  if (configuration.isolation === undefined) return { member };
  const isolation = new IsolationStack(app, toIsolationNames(prefix).stack, { configuration, names });
  isolation.addStackDependency(member);
  return { member, isolation };
}

/** The primary Region's first: it makes the roles. */
function addMembers(app: App, configuration: Configuration, accounts: readonly string[]): readonly MemberStack[] {
  const names = toDeploymentNames(configuration.prefix);
  const { direct } = toRolloutNames(configuration.prefix);
  const { primaryRegion, regions } = configuration.members;
  const version = memberVersion(configuration);
  return accounts.flatMap((account) => {
    const at = (region: string) =>
      new MemberStack(app, direct(account, region), { configuration, names, version, env: { account, region } });
    const primary = at(primaryRegion);
    const others = regions.filter((region) => region !== primaryRegion).map(at);
    for (const each of others) each.addStackDependency(primary);
    const all = [primary, ...others];
    if (configuration.isolation !== undefined) all.forEach((each) => addIsolation(app, configuration, each, primary));
    return all;
  });
}

/** On top of a member stack; the roles are those of the primary Region. */
function addIsolation(app: App, configuration: Configuration, member: MemberStack, primary: MemberStack): void {
  const { account, region } = member;
  const id = toIsolationNames(configuration.prefix).direct(account, region);
  const names = toDeploymentNames(configuration.prefix);
  const isolation = new IsolationStack(app, id, { configuration, names, env: { account, region } });
  for (const each of new Set([member, primary])) isolation.addStackDependency(each);
}

function addRollout(app: App, configuration: Configuration): RolloutStack | undefined {
  const { rollout, prefix } = configuration;
  if (rollout === undefined) return undefined;
  const names = toDeploymentNames(prefix);
  return new RolloutStack(app, toRolloutNames(prefix).stack, { configuration, names, rollout });
}

function addDrills(app: App, configuration: Configuration, accounts: readonly string[]): readonly DrillStack[] {
  const { prefix } = configuration;
  const names = toDeploymentNames(prefix);
  return accounts.map(
    (account) => new DrillStack(app, toDrillNames(prefix).stack(account), { configuration, names, account }),
  );
}
