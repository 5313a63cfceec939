import type { RunbookStatus } from '../../../src/flow/ports';
import { closed, OPEN, SSH, undo } from '../undo-world';

describe('an undo whose runbook may still put the rule back after the undo has ended', () => {
  test.each<[string, RunbookStatus]>([
    ['it shows no effect for as long as we wait', { kind: 'running' }],
    ['SSM does not say whether the call was made', { kind: 'failed', reason: 'TimedOut: no answer' }],
  ])('%s: a finding that was RESOLVED is so no longer', async (_, status) => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.findings = world.findings.map((finding) => ({ ...finding, workflow: 'RESOLVED' }));
    world.whenRunning = () => status;
    await undo(world, closing);
    expect(world.rules).toEqual([]);
    expect(world.updates.get(SSH.id)?.workflow).toBe('NOTIFIED');
  });
});
