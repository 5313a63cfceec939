import { HIGH_RISK, run, SSH, worldWith } from '../close-world';
import { closed, OPEN, undo } from '../undo-world';
import { failed, ingress, type InMemoryWorld } from '../in-memory-ports';

function suppress(world: InMemoryWorld, id: string): void {
  world.findings = world.findings.map((each) => (each.id === id ? { ...each, workflow: 'SUPPRESSED' } : each));
}

const workflows = (world: InMemoryWorld) =>
  Object.fromEntries(world.findings.map(({ id, workflow }) => [id, workflow] as const));

describe('a finding that somebody suppresses while its remediation is under way', () => {
  test('stays suppressed when the target is closed, and says so in its note; the others are resolved', async () => {
    const world = worldWith([ingress('sgr-ssh')], [SSH, HIGH_RISK]);
    world.request([HIGH_RISK]);
    world.whenRunning = () => {
      suppress(world, SSH.id);
      return undefined;
    };
    await run(world);
    expect(workflows(world)).toEqual({ [SSH.id]: 'SUPPRESSED', [HIGH_RISK.id]: 'RESOLVED' });
    expect(world.updates.get(SSH.id)?.note).toContain('Closed by Portcullis');
    expect(world.updates.get(SSH.id)?.userDefinedFields).toMatchObject({ PortcullisOutcome: 'closed' });
  });

  test('stays suppressed when the closing fails', async () => {
    const world = worldWith();
    world.whenRunning = () => {
      suppress(world, SSH.id);
      return failed('access-denied', 'Denied.');
    };
    await run(world);
    expect(workflows(world)).toEqual({ [SSH.id]: 'SUPPRESSED' });
    expect(world.updates.get(SSH.id)?.note).toContain('Denied.');
  });

  test('stays suppressed when Security Hub leaves it unprocessed at first', async () => {
    const world = worldWith();
    let isBusy = true;
    world.whenProcessing = (keys) => {
      if (!isBusy) return [];
      isBusy = false;
      suppress(world, SSH.id);
      return keys.map((key) => ({ ...key, reason: 'ConcurrentUpdateError: ', retryable: true }));
    };
    await run(world);
    expect(workflows(world)).toEqual({ [SSH.id]: 'SUPPRESSED' });
  });
});

describe('a finding that was suppressed before its remediation began', () => {
  test('stays suppressed when something unexpected ends the remediation', async () => {
    const world = worldWith([ingress('sgr-ssh')], [SSH, { ...HIGH_RISK, workflow: 'SUPPRESSED' }]);
    world.request([HIGH_RISK]);
    world.whenCertifying = () => failed('access-denied', 'Denied.');
    await expect(run(world)).rejects.toThrow('Denied.');
    expect(workflows(world)).toEqual({ [SSH.id]: 'NOTIFIED', [HIGH_RISK.id]: 'SUPPRESSED' });
  });
});

test('stays suppressed when an undo that was announced on it could do nothing', async () => {
  const { world, closing } = await closed({ rules: [OPEN] });
  world.whenRunning = () => {
    suppress(world, SSH.id);
    return { kind: 'failed', code: 'UnauthorizedOperation', reason: 'Denied.' };
  };
  expect((await undo(world, closing)).outcome).toBe('failed');
  expect(workflows(world)).toEqual({ [SSH.id]: 'SUPPRESSED' });
});
