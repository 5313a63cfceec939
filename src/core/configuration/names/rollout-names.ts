/** The names of what brings the member template into accounts, from the deployment's prefix. */
export interface RolloutNames {
  readonly stack: string;
  readonly stackSet: string;
  /** In the app: of the stack that an account outside the StackSet gets in one Region. */
  readonly direct: (account: string, region: string) => string;
}

/** @param prefix as the configuration schema accepts it: 2 to 12 letters and digits, a letter first. */
export function toRolloutNames(prefix: string): RolloutNames {
  return {
    stack: `${prefix}-Rollout`,
    stackSet: `${prefix}-Member`,
    direct: (account, region) => `${prefix}-Member-${account}-${region}`,
  };
}
