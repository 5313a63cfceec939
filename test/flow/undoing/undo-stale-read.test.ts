import { closed, OPEN, SSH, undo } from '../undo-world';

/** After so many reads of the undo the rules show what was there before it; the next one is the effect. */
const READS_UNTIL_EFFECT_IS_SEEN = 2;

describe('an undo that put a rule back, and then looks at the rules as they were before', () => {
  test.each([
    ['once', 1, 'undone', 'NEW'],
    // Nothing is called undone that was not read back.
    ['as often as it looks', 20, 'could-not-tell', 'NOTIFIED'],
  ])('%s: the finding is never RESOLVED again', async (_, staleReads, outcome, workflow) => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.findings = world.findings.map((finding) => ({
      ...finding,
      workflow: 'RESOLVED',
      portcullisRemediationId: closing,
    }));
    let reads = 0;
    world.whenObserving = () => {
      reads += 1;
      if (reads === READS_UNTIL_EFFECT_IS_SEEN + 1) world.staleReads = staleReads;
      return undefined;
    };
    const record = await undo(world, closing);
    expect(record.outcome).toBe(outcome);
    expect(world.rules).toHaveLength(1);
    expect(reads).toBeGreaterThan(READS_UNTIL_EFFECT_IS_SEEN + 1);
    expect(world.updates.get(SSH.id)?.workflow).toBe(workflow);
  });
});
