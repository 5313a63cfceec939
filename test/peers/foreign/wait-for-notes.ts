import { setTimeout as pause } from 'node:timers/promises';
import { GetFindingsCommand, type AwsSecurityFinding, type SecurityHubClient } from '@aws-sdk/client-securityhub';

const POLL_EVERY_MILLIS = 100;

/** What a finding says before rules come back: the answer is still to come. */
const UNDER_WAY = /^Portcullis is (closing|undoing) .* now\./;

/**
 * The findings once each has a note that is an answer and none of the old ones; as they are when patience ends.
 * @param isPatient asked again and again while there is something to wait for
 */
export async function waitForNotes(
  hub: SecurityHubClient,
  ids: readonly string[],
  old: readonly (string | undefined)[],
  isPatient: () => boolean,
): Promise<readonly AwsSecurityFinding[]> {
  const Id = ids.map((Value) => ({ Value, Comparison: 'EQUALS' as const }));
  for (;;) {
    const { Findings = [] } = await hub.send(new GetFindingsCommand({ Filters: { Id }, MaxResults: 100 }));
    const isAnswered = ({ Note }: AwsSecurityFinding): boolean =>
      Note?.Text !== undefined && !old.includes(Note.Text) && !UNDER_WAY.test(Note.Text);
    if ((Findings.length === ids.length && Findings.every(isAnswered)) || !isPatient()) return Findings;
    await pause(POLL_EVERY_MILLIS);
  }
}
