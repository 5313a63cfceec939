import { GetFindingsCommand, type AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { Stage } from './stage';

/** How long a scenario may take before it counts as stuck, in real milliseconds. */
const PATIENCE_MILLIS = 60_000;
const POLL_EVERY_MILLIS = 50;

/** What a finding says before rules come back: the answer is still to come. */
const UNDER_WAY = /^Portcullis is (closing|undoing) .* now\./;

/**
 * Polls the hub's findings until each has another note than before; gives up, without an error, when patience ends.
 */
export function waitForNotes(
  ids: readonly string[],
  before: readonly AwsSecurityFinding[],
  stage: Stage,
): Promise<AwsSecurityFinding[]> {
  const old = new Set(before.map(({ Note }) => Note?.Text));
  return waitFor(
    ids,
    stage,
    ({ Note }) => Note?.Text !== undefined && !old.has(Note.Text) && !UNDER_WAY.test(Note.Text),
  );
}

/** Polls the hub's findings until each is NEW; gives up, without an error, when patience ends. */
export function waitUntilNew(ids: readonly string[], stage: Stage): Promise<AwsSecurityFinding[]> {
  return waitFor(ids, stage, ({ Workflow }) => Workflow?.Status === 'NEW');
}

async function waitFor(
  ids: readonly string[],
  stage: Stage,
  isSo: (finding: AwsSecurityFinding) => boolean,
): Promise<AwsSecurityFinding[]> {
  const securityHub = stage.clients.securityHub(stage.hub.account, stage.hub.region);
  const deadline = stage.now() + PATIENCE_MILLIS;
  for (;;) {
    const { Findings = [] } = await securityHub.send(
      new GetFindingsCommand({ Filters: { Id: ids.map((Value) => ({ Value, Comparison: 'EQUALS' })) } }),
    );
    if ((Findings.every(isSo) && Findings.length === ids.length) || stage.now() > deadline) return Findings;
    await stage.pause(POLL_EVERY_MILLIS);
  }
}
