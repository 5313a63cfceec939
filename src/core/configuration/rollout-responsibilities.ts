import type { Configuration } from './schema/configuration-schema';

/** What an account has to deploy, so that everything is in place once each has done so. */
export interface Responsibilities {
  readonly hub: boolean;
  readonly rollout: boolean;
  /** The member stack, in every Region of members.regions. */
  readonly members: boolean;
  readonly drill: boolean;
}

/**
 * Accounts that the StackSet leaves out, and that deploy the member stack by themselves. StackSets never reach the
 * management account, whatever unit it is in, and the hub is there before anything is rolled out.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-associate-stackset-with-org.html
 */
export function deployedDirectly({ hub, rollout }: Pick<Configuration, 'hub' | 'rollout'>): readonly string[] {
  if (rollout === undefined) return [];
  const { directly, account, administrator } = rollout;
  return directly ?? [...new Set([hub.account, ...(administrator === 'management' ? [account] : [])])];
}

/** What of a configuration with `rollout` one account deploys. */
export function responsibilitiesOf(
  account: string,
  configuration: Pick<Configuration, 'drill' | 'hub' | 'rollout'>,
): Responsibilities {
  const { hub, rollout, drill } = configuration;
  return {
    hub: account === hub.account,
    rollout: account === rollout?.account,
    members: deployedDirectly(configuration).includes(account),
    drill: drill?.accounts.includes(account) === true,
  };
}
