/** What stands still after a remediation that was not verified, and how it goes on. At most 128 characters. */
export function describeRelease(account: string): string {
  return `Automatic closing in ${account} asks until somebody has looked: portcullis brake release --account ${account}.`;
}

const REASON_CHARACTERS = 120;

/** Why nothing is closed by itself in an account, and how it goes on. */
export function describeHold(
  hold: { readonly reason: string; readonly remediationId?: string; readonly by?: string; readonly since: string },
  account: string,
): string {
  const since = hold.since.slice(0, 10);
  if (hold.remediationId !== undefined) {
    const why = `Since ${since}, when ${hold.remediationId} was not verified, nothing is closed by itself in ${account}.`;
    return `${why} ${describeRelease(account)}`;
  }
  const said = hold.reason === '' ? '' : `: "${hold.reason.slice(0, REASON_CHARACTERS)}"`;
  return `The brake is engaged since ${since} by ${hold.by ?? 'somebody'}${said}. Nothing is closed by itself until: portcullis brake release.`;
}
