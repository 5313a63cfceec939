const REMEDIATION_ID = /^rem-[0-9a-f]{16}$/;

/**
 * Whether a text has the form of a remediation's id, such as what somebody wrote into a finding or on a command line.
 */
export function isRemediationId(text: string): boolean {
  return REMEDIATION_ID.test(text);
}
