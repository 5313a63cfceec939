/** The names of what makes the digest of mail, all from the deployment's prefix. */
export interface DigestNames {
  readonly function: string;
  readonly functionRole: string;
  /** What Scheduler starts the function with. */
  readonly starterRole: string;
  readonly schedule: string;
}

/** @param prefix as the configuration schema accepts it: 2 to 12 letters and digits, a letter first. */
export function toDigestNames(prefix: string): DigestNames {
  return {
    function: `${prefix}-Digester`,
    functionRole: `${prefix}-Digester`,
    starterRole: `${prefix}-DigestStarter`,
    schedule: 'digest',
  };
}
