/** The names of what takes clicks in Slack, all from the deployment's prefix. */
export interface SlackNames {
  readonly function: string;
  readonly functionRole: string;
  readonly api: string;
  /** Of the hub stack: the address that the app's manifest needs. */
  readonly addressOutput: string;
}

/** @param prefix as the configuration schema accepts it: 2 to 12 letters and digits, a letter first. */
export function toSlackNames(prefix: string): SlackNames {
  return {
    function: `${prefix}-Slack`,
    functionRole: `${prefix}-Slack`,
    api: `${prefix}-Slack`,
    addressOutput: 'SlackInteractionsUrl',
  };
}
