import type { Stage } from './stage';
import type { Subject } from './subject';

/** `portcullis brake release --account ACCOUNT`, as somebody who has looked; where nothing is held, nothing happens. */
export async function releaseAccount({ commands }: Stage, { target: { account } }: Subject): Promise<void> {
  const asked = await commands.ask({ command: 'release', account });
  if (!asked.ok) throw new Error(asked.error.cause);
}
