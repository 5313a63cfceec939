/** What a remediation leaves on a finding whose control it has read back as closed. */
export const CLOSED_OUTCOMES = ['closed', 'already-closed'] as const;

/** Whether a remediation has left on a finding that it is closed. */
export function isClosedOutcome(outcome: string | undefined): boolean {
  return CLOSED_OUTCOMES.some((each) => each === outcome);
}
