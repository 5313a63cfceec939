import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import { toVerdict } from '../../../src/core/verification/to-verdict';
import type { Durable } from '../../../src/flow/ports';
import { remediate } from '../../../src/flow/remediation/remediate';
import { run, SSH, worldWith } from '../close-world';
import { failed, findingOn, ingress, type InMemoryWorld, NONCE, TARGET } from '../in-memory-ports';
import { closed, OPEN, undo } from '../undo-world';

class Lost extends Error {}

/** Loses the execution for good right before its n-th step; nothing of it goes on. */
function loseAt(world: InMemoryWorld, place: number): { readonly isLost: () => boolean } {
  const { durable } = world.ports;
  let steps = 0;
  const die = () => Promise.reject(new Lost());
  const dying: Durable = {
    step: (name, work) => (++steps >= place ? die() : durable.step(name, work)),
    sleep: (name, seconds) => (steps >= place ? die() : durable.sleep(name, seconds)),
  };
  Object.assign(world.ports, { durable: dying });
  return { isLost: () => steps >= place };
}

function nothingResolvedIsOpen(world: InMemoryWorld): void {
  for (const finding of world.findings.filter(({ workflow }) => workflow === 'RESOLVED')) {
    const verdict = toVerdict({ kind: 'found', resource: world.resource }, finding.control ? [finding.control] : []);
    expect(verdict.kind).toBe('closed');
  }
}

describe('an execution that is lost for good at any of its steps leaves no RESOLVED finding whose target is open', () => {
  test.each(['closing', 'undo'])('%s', async (action) => {
    for (let place = 1; ; place++) {
      const { world, closing } =
        action === 'undo' ? await closed({ rules: [OPEN] }) : { world: worldWith([OPEN]), closing: '' };
      if (action === 'undo') world.requestUndo(closing, [SSH]);
      const { isLost } = loseAt(world, place);
      const generation = [...world.claims.values()][0]?.generation ?? 1;
      await remediate({ target: TARGET, generation, nonce: NONCE }, world.ports, DEFAULT_PLAN_POLICY).catch(
        (error: unknown) => {
          if (!(error instanceof Lost)) throw error;
        },
      );
      nothingResolvedIsOpen(world);
      if (!isLost()) return;
    }
  });
});

describe('an undo', () => {
  test('updates RESOLVED findings that will fail again before it touches anything', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.whenRunning = () => {
      expect(world.findings[0]).toMatchObject({ workflow: 'NOTIFIED', portcullisRemediationId: closing });
      expect(world.updates.get(SSH.id)?.note).toContain(`Portcullis is undoing closing ${closing} now.`);
      return undefined;
    };
    await undo(world, closing);
    expect(world.runs).toHaveLength(1);
  });

  test('does not begin when they cannot be updated', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.whenUpdating = () => failed('access-denied', 'BatchUpdateFindings is denied.');
    const record = await undo(world, closing);
    const reasons = [{ code: 'finding-not-updated', cause: 'BatchUpdateFindings is denied.' }];
    expect(record).toMatchObject({ outcome: 'failed', runs: [], reasons });
    expect(world.rules).toEqual([]);
  });

  test('that could not do anything leaves them RESOLVED, since what was closed is closed', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.whenRunning = () => failed('access-denied', 'StartAutomationExecution is denied.');
    await undo(world, closing);
    expect(world.findings[0]).toMatchObject({ workflow: 'RESOLVED', portcullisRemediationId: closing });
    expect(world.updates.get(SSH.id)?.note).toContain('StartAutomationExecution is denied.');
  });

  test('leaves a finding RESOLVED that what comes back does not concern', async () => {
    const rdp = findingOn(TARGET, { id: 'finding-of-EC2.14', control: { id: 'EC2.14', parameters: [] } });
    const { world, closing } = await closed({ rules: [OPEN] }, [SSH, rdp]);
    await undo(world, closing, []);
    expect(world.findings.map(({ workflow }) => workflow)).toEqual(['NEW', 'RESOLVED']);
  });
});

describe('an execution that fails', () => {
  test('holds its target no longer: the next arrival starts another one, which finds what waits', async () => {
    const world = worldWith();
    world.whenOpeningWork = () => failed('unavailable', 'The ledger is down.', true);
    await expect(run(world)).rejects.toThrow('The ledger is down.');
    world.whenOpeningWork = () => undefined;
    expect(world.claims.values().next().value?.generation).toBe(2);
    expect((await run(world, 2)).remediationIds).toHaveLength(1);
    expect(world.rules).toEqual([]);
  });

  test('takes the target from nobody who holds it by now', async () => {
    const world = worldWith([ingress('sgr-ssh')]);
    const claim = world.claims.values().next().value;
    if (claim) claim.generation = 5;
    world.whenOpeningWork = () => failed('unavailable', 'The ledger is down.', true);
    await expect(run(world, 4)).rejects.toThrow('The ledger is down.');
    expect(claim?.generation).toBe(5);
  });
});
