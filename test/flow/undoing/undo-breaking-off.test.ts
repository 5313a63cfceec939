import { failed, ingress } from '../in-memory-ports';
import { closed, HIGH_RISK, OPEN, undo } from '../undo-world';

describe('an undo that breaks off', () => {
  const TWO = [ingress('sgr-ssh'), ingress('sgr-rdp', { FromPort: 23, ToPort: 23 })];

  test('says so, leaves no RESOLVED finding behind, and can be asked for again', async () => {
    const { world, closing } = await closed({ rules: TWO }, [HIGH_RISK]);
    let started = 0;
    world.whenRunning = () =>
      ++started === 2 ? { kind: 'failed', code: 'UnauthorizedOperation', reason: 'Failed: access denied' } : undefined;
    const first = await undo(world, closing, [HIGH_RISK]);

    expect(first).toMatchObject({ outcome: 'partly-undone', runs: [{ end: 'effect-seen' }, { end: 'failed' }] });
    expect(first.reasons).toContainEqual({ code: 'runbook-failed', cause: 'Failed: access denied' });
    expect(world.updates.get(HIGH_RISK.id)?.workflow).toBe('NEW');
    expect(world.records.get(closing)).not.toHaveProperty('undoneBy');

    world.whenRunning = () => undefined;
    expect((await undo(world, closing, [])).outcome).toBe('undone');
    expect(world.rules).toHaveLength(2);
  });

  test('does not put back a second time what somebody has closed in between', async () => {
    const { world, closing } = await closed({ rules: TWO }, [HIGH_RISK]);
    let started = 0;
    world.whenRunning = () =>
      ++started === 2 ? { kind: 'failed', code: 'UnauthorizedOperation', reason: 'Failed: access denied' } : undefined;
    await undo(world, closing, [HIGH_RISK]);
    world.whenRunning = () => undefined;
    const [putBack] = world.rules;
    world.rules = [];
    await undo(world, closing, []);
    expect(world.rules.map(({ FromPort }) => FromPort)).not.toContain(putBack?.FromPort);
  });

  test('fails, and leaves the findings as they are, when not even the first call works', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.whenRunning = () => failed('access-denied', 'The runbook cannot be started.');
    const record = await undo(world, closing);
    expect(record).toMatchObject({ outcome: 'failed', runs: [] });
    expect(world.findings[0]?.workflow).toBe('RESOLVED');
    expect(world.events).toMatchObject([{ detailType: 'Remediation Failed' }]);
    expect(world.events).toMatchObject([{ detailType: 'Remediation Failed', detail: { matter: 'stays' } }]);
  });

  test('believes the rules, not the runbook', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.whenRunning = () => {
      world.change([ingress('sgr-back')]);
      return { kind: 'failed', reason: 'TimedOut' };
    };
    expect((await undo(world, closing)).outcome).toBe('undone');
  });

  test('cannot tell when the rules cannot be read back, and takes the finding for open', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.whenObserving = () => (world.runs.length > 0 ? failed('access-denied', 'Denied now.') : undefined);
    expect((await undo(world, closing)).outcome).toBe('could-not-tell');
    expect(world.findings[0]?.workflow).toBe('NOTIFIED');
  });

  test('updates the findings of the closing when something unexpected ends it', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.whenObserving = () => {
      if (world.runs.length > 0) throw new TypeError('a bug');
      return undefined;
    };
    await expect(undo(world, closing, [])).rejects.toThrow('a bug');
    expect(world.findings[0]?.workflow).toBe('NOTIFIED');
    expect(world.requests).toEqual([]);
  });

  test('plans again when the rules change under it', async () => {
    const { world, closing } = await closed({ rules: TWO }, [HIGH_RISK]);
    let first = true;
    world.whenRunning = () => {
      if (!first) return undefined;
      first = false;
      // Somebody puts one back by hand between our look and the call.
      world.rules = [...world.rules, ingress('sgr-by-hand')];
      return { kind: 'failed', code: 'InvalidPermission.Duplicate', reason: 'Failed: duplicate' };
    };
    await undo(world, closing, []);
    expect(world.rules.map(({ FromPort }) => FromPort).sort()).toEqual([22, 23]);
  });
});
