import { renderAskReason } from '../../../src/core/reasons/ask-reasons';
import { resourceOf, type Case } from '../../cases/load-cases';
import { playWorld, type PlayedCase } from './play-cases';
import { type CaseWorld, isClosedAgain } from './played-cases';

/** Plays worlds one after another, and one test for each of their rows. */
export function testCases(worlds: readonly CaseWorld[]): void {
  const played = new Map<string, PlayedCase>();
  const rows = worlds.flatMap(({ rows: all }) => all);

  beforeAll(async () => {
    const started = performance.now();
    for (const world of worlds) for (const [name, each] of await playWorld(world)) played.set(name, each);
    const seconds = String(Math.round((performance.now() - started) / 1000));
    process.stdout.write(
      `cases: ${String(rows.length)} rows closed and undone, ${String(rows.filter(isClosedAgain).length)} closed again, ` +
        `in ${String(worlds.length)} deployments, ${seconds} s\n`,
    );
    // Half a minute on a machine that does nothing else.
  }, 1_200_000);

  const titled = rows.map((row) => [row.name, isClosedAgain(row) ? ', and closed again' : '', row] as const);
  test.each(titled)('%s: closed, undone%s', (name, _, row) => {
    const found = played.get(name);
    if (!found) throw new Error('the row was not played');
    expect(shown(found, row)).toEqual(expectedOf(row, found));
  });
}

function shown({ closed, undone, closedAgain }: PlayedCase, { expected }: Case): object {
  return {
    closed: {
      rules: namesOf(closed.rules),
      findings: closed.findings,
      outcome: closed.outcome,
      steps: closed.steps,
      reasonsNotGiven: isAsking(closed) ? notGiven(expected.ask, closed.reason) : [],
    },
    undone: {
      rules: namesOf(undone.rules),
      outcome: undone.outcome,
      isNew: undone.findings.includes('NEW'),
    },
    closedAgain: closedAgain && {
      rules: namesOf(closedAgain.rules),
      findings: closedAgain.findings,
      outcome: closedAgain.outcome,
    },
  };
}

/** Reasons that the record does not give, as text. */
function notGiven(ask: Case['expected']['ask'], reason: string): readonly string[] {
  return ask.map(renderAskReason).filter((text) => !reason.includes(text));
}

function isAsking({ outcome }: PlayedCase['closed']): boolean {
  return outcome === 'asked' || outcome === 'could-not-tell';
}

function expectedOf(row: Case, { before }: PlayedCase): object {
  const { steps, remaining } = row.expected;
  const outcome = outcomeOf(row);
  const changes = outcome === 'closed';
  const isResolved = changes || outcome === 'already-closed';
  const findings = row.controls.map((control): unknown =>
    isForeign(control, row) ? expect.stringMatching(FOREIGN) : isResolved ? 'RESOLVED' : 'NOTIFIED',
  );
  const names = new Set(namesOf(before));
  // Rules of a group that were not there before say who made them; entries of network ACLs have no tags to say it.
  const ours = (text: string) => (names.has(text) || isNetworkAcl(row) ? text : `${text} (ours)`);
  const left = changes ? remaining.filter((text) => !text.startsWith('32767 ')).map(ours) : [...names];
  // What was revoked comes back with its terms, and a new id; what stayed is the same rule throughout.
  const restored = before.map(({ name, terms }) => (left.includes(name) ? name : terms));
  return {
    closed: { rules: left.sort(), findings, outcome, steps: changes ? steps : [], reasonsNotGiven: [] },
    // An undo that had nothing to do leaves its finding with the closing that it was about.
    undone: { rules: restored.sort(), outcome: changes ? 'undone' : outcome, isNew: changes },
    closedAgain: isClosedAgain(row) ? { rules: left.sort(), findings, outcome } : undefined,
  };
}

/** A finding whose control is about the other kind of resource is answered before anything is planned. */
const FOREIGN = /^NOTIFIED: Close ingress: Portcullis did nothing\. The finding is about AwsEc2\w+, not about a /;

function outcomeOf(row: Case): string {
  const { ask, steps, violations } = row.expected;
  const foreign = row.controls.filter((control) => isForeign(control, row));
  if (foreign.length === row.controls.length) return 'none';
  // EC2.21 says nothing about it, so nothing can be read back (docs/decisions/0038).
  if (isDefaultNetworkAcl(row)) return 'could-not-tell';
  if (ask.length > 0 && foreign.length === 0) {
    // Nothing is open for certain, and something cannot be judged.
    return Object.keys(violations).length === 0 ? 'could-not-tell' : 'asked';
  }
  return steps.length > 0 ? 'closed' : 'already-closed';
}

/** A baseline is about both kinds of resource. */
function isForeign(control: string, row: Case): boolean {
  return control !== 'baseline' && (control === 'EC2.21') !== isNetworkAcl(row);
}

function isNetworkAcl(row: Case): boolean {
  return resourceOf(row).kind === 'network-acl';
}

function isDefaultNetworkAcl(row: Case): boolean {
  const resource = resourceOf(row);
  return resource.kind === 'network-acl' && resource.isDefault;
}

function namesOf(rules: PlayedCase['before']): string[] {
  return rules.map(({ name }) => name).sort();
}
