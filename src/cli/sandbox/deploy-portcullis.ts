import type { Configuration } from '../../core/configuration/schema/configuration-schema';
import { toDeploymentNames } from '../../core/configuration/names/deployment-names';
import {
  createServices,
  deployAssembly,
  startSandbox,
  type Clock,
  type DeployedStack,
  type Sandbox,
  type StackToDeploy,
} from '../../../sandbox';
import { readAssemblyStacks } from './assembly-stacks';
import { MADE_UP_SECRETS, makeUpSecrets } from './make-up-secrets';
import { toIsolationNames } from '../../core/configuration/names/isolation-names';
import { toSlackNames } from '../../core/configuration/names/slack-names';
import { deployedDirectly } from '../../core/configuration/rollout-responsibilities';
import { enableSecurityHubV2 } from './enable-security-hub-v2';
import { registerAdministrators } from './register-administrators';

/** Accounts with the member stack, beside the hub's own, by default. */
const MEMBERS = ['222222222222', '333333333333'] as const;
/** In the organization, but nobody has deployed the member stack there. */
export const ACCOUNT_WITHOUT_ROLES = '444444444444';

export interface Synthesized {
  /** A synthesized cloud assembly: it is only read, so that several sandboxes may share it. */
  readonly directory: string;
  /** What the assembly was synthesized from. */
  readonly configuration: Configuration;
}

export interface DeployPortcullisOptions extends Synthesized {
  /** Further deployments in the same hub, each with a prefix of its own. */
  readonly beside?: readonly Synthesized[];
  readonly port: number;
  readonly clockMode: Clock['mode'];
  /** Default `aws`. */
  readonly partition?: string;
  /** Default: those of {@link createServices}. */
  readonly services?: ReturnType<typeof createServices>;
  /** Accounts with the member stack, beside the hub's own. */
  readonly members?: readonly string[];
  /** Further accounts of the organization, without the member stack: one, by default. */
  readonly withoutStack?: readonly string[];
  readonly keepsRateQuotas?: boolean;
}

export interface PortcullisSandbox extends Sandbox {
  readonly configuration: Configuration;
  readonly members: readonly string[];
}

/**
 * An embedded AWS with Portcullis deployed into it: hub stack, the member stack in every member account and Region, and
 * the rules stacks. With `rollout`, its StackSet brings the member stack into the accounts of its units.
 *
 * @throws DeploymentError when a template cannot be deployed as it is
 */
export async function deployPortcullis(options: DeployPortcullisOptions): Promise<PortcullisSandbox> {
  const { directory, configuration, port, clockMode, partition = 'aws', services = createServices() } = options;
  const { members: accounts = MEMBERS, withoutStack = [ACCOUNT_WITHOUT_ROLES] } = options;
  const { keepsRateQuotas = false, beside = [] } = options;
  const { hub, organizationId } = configuration;
  const all = [{ directory, configuration }, ...beside];
  const sandbox = await startSandbox({
    services,
    accounts: [...new Set([hub.account, ...accounts, ...withoutStack, ...all.flatMap(accountsOfRollout)])],
    regions: [...new Set([hub.aggregationRegion, ...all.flatMap((each) => each.configuration.members.regions)])],
    hub: { account: hub.account, region: hub.aggregationRegion },
    partition,
    organizationId,
    clockMode,
    port,
    keepsRateQuotas,
  });
  try {
    const configurations = all.map((each) => each.configuration);
    await makeUpSecrets(sandbox.world, configurations);
    await enableSecurityHubV2(sandbox.world, configurations);
    await registerAdministrators(sandbox.world, configurations);
    for (const each of all) {
      const stacks = toStacks(each.directory, each.configuration, accounts);
      const deployed = await deployAssembly(sandbox.world, { directory: each.directory, stacks });
      Object.assign(sandbox.world.reported, describeInteractions(each.configuration, deployed));
    }
  } catch (error) {
    await sandbox.stop();
    throw error;
  }
  return { ...sandbox, configuration, members: accounts };
}

/** Where a StackSet is made, and what it leaves out. */
function accountsOfRollout({ configuration }: Synthesized): readonly string[] {
  const { rollout } = configuration;
  return rollout === undefined ? [] : [rollout.account, ...deployedDirectly(configuration)];
}

/** Where a click is to be posted, and what it is to be signed with, as `GET /_sandbox/world` reports it. */
function describeInteractions({ prefix }: Configuration, deployed: readonly DeployedStack[]): object {
  const hub = deployed.find(({ stackName }) => stackName === toDeploymentNames(prefix).stacks.hub);
  const url = hub?.outputs[toSlackNames(prefix).addressOutput];
  return url === undefined ? {} : { slackInteractions: { url, signingSecret: MADE_UP_SECRETS.slack.signingSecret } };
}

/**
 * Stacks with an environment go there; the member stack goes to every member account and Region, the hub's too, unless
 * a StackSet brings it.
 */
function toStacks(
  directory: string,
  { hub, members, prefix, rollout }: Configuration,
  accounts: readonly string[],
): readonly StackToDeploy[] {
  const inMembers = [toDeploymentNames(prefix).stacks.member, toIsolationNames(prefix).stack];
  // IAM is global: the primary Region comes first, because it makes the roles that the others' documents name.
  const regions = [members.primaryRegion, ...members.regions.filter((region) => region !== members.primaryRegion)];
  return readAssemblyStacks(directory).flatMap(({ name, templateFile, environment }): StackToDeploy[] => {
    if (environment) return [{ stackName: name, templateFile, ...environment }];
    if (!inMembers.includes(name)) throw new Error(`Stack ${name} has no environment, and is none of a member`);
    if (rollout !== undefined) return [];
    return [hub.account, ...accounts].flatMap((account) =>
      regions.map((region) => ({ stackName: name, templateFile, account, region })),
    );
  });
}
