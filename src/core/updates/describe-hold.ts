/** What stands still after a remediation that was not verified, and how it goes on. At most 128 characters. */
export function describeHold(account: string): string {
  return `Automatic closing in ${account} asks until somebody has looked: portcullis brake release --account ${account}.`;
}
