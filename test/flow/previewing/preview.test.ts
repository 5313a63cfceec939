import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import { remediate } from '../../../src/flow/remediation/remediate';
import { failed, findingOn, ingress, InMemoryWorld, NONCE, TARGET } from '../in-memory-ports';

const SSH = findingOn(TARGET);

async function preview(change: (world: InMemoryWorld) => void = () => undefined): Promise<InMemoryWorld> {
  const world = new InMemoryWorld();
  world.rules = [ingress('sgr-all', { FromPort: 0, ToPort: 65535 })];
  world.findings = [SSH];
  change(world);
  world.requestPreview(world.findings);
  await remediate({ target: TARGET, generation: 1, nonce: NONCE }, world.ports, DEFAULT_PLAN_POLICY);
  return world;
}

const note = (world: InMemoryWorld) => world.updates.get(SSH.id)?.note ?? '';

describe('a preview', () => {
  test('says what would go, what would come and what stays open', async () => {
    const world = await preview();
    expect(note(world)).toContain('Would be revoked: every tcp port from 0.0.0.0/0 (sgr-all).');
    expect(note(world)).toContain('Would be added: tcp 80 from 0.0.0.0/0, tcp 443 from 0.0.0.0/0.');
    expect(note(world)).toContain('Open to the internet afterwards: tcp 80, tcp 443 from 0.0.0.0/0.');
    expect(note(world)).toContain('Nothing is attached.');
  });

  test('says what is attached', async () => {
    const world = await preview((each) => {
      each.attachments = [1, 2, 3, 4].map((i) => ({
        kind: 'network-interface',
        id: `eni-${String(i)}`,
        description: i === 1 ? 'ELB app/web' : '',
      }));
    });
    expect(note(world)).toContain('Attached: 4 network interfaces: eni-1 (ELB app/web), eni-2, eni-3, ….');
  });

  test('changes nothing: no run, no status, no field that an undo needs, no event', async () => {
    const world = await preview((each) => {
      each.findings = [{ ...SSH, workflow: 'RESOLVED', portcullisRemediationId: 'rem-0123456789abcdef' }];
    });
    expect(world.runs).toEqual([]);
    expect(world.rules).toHaveLength(1);
    expect(world.findings).toMatchObject([{ workflow: 'RESOLVED', portcullisRemediationId: 'rem-0123456789abcdef' }]);
    expect(world.events).toEqual([]);
    expect(world.requests).toEqual([]);
  });

  test('keeps the note of somebody else that it replaces', async () => {
    const other = { text: 'Ticket 4711', updatedBy: 'Ana', updatedAt: '2026-02-01T00:00:00Z' };
    const world = await preview((each) => {
      each.findings = [{ ...SSH, note: other }];
    });
    expect([...world.records.values()]).toMatchObject([
      { action: 'preview', outcome: 'previewed', findings: [{ previousNote: other }] },
    ]);
  });

  test('says what a person would have to decide', async () => {
    const world = await preview((each) => {
      each.findings = [
        { ...SSH, control: { id: 'EC2.18', parameters: [{ Name: 'authorizedTcpPorts', Value: ['x'] }] } },
      ];
    });
    expect(note(world)).toContain('A person must decide first:');
  });

  test.each<[string, (world: InMemoryWorld) => void, string]>([
    ['the target cannot be read', (w) => (w.whenObserving = () => failed('access-denied', 'No role.')), 'No role.'],
    ['the target is gone', (w) => (w.gone = true), 'does not exist'],
    [
      'attachments cannot be read',
      (w) => (w.whenReadingAttachments = () => failed('access-denied', 'Denied.')),
      'What is attached could not be read: Denied.',
    ],
    ['nothing violates', (w) => (w.rules = []), 'closing would change nothing'],
  ])('says it when %s', async (_, change, text) => {
    expect(note(await preview(change))).toContain(text);
  });

  test('answers on a suppressed finding that nothing was done, and leaves it suppressed', async () => {
    const world = await preview((each) => {
      each.findings = [{ ...SSH, workflow: 'SUPPRESSED' }];
    });
    expect(world.updates.get(SSH.id)).toMatchObject({ workflow: undefined, userDefinedFields: undefined });
    expect(world.updates.get(SSH.id)?.note).toContain('Preview closing: Portcullis did nothing');
    expect(world.records.size).toBe(0);
  });
});
