import { BatchUpdateFindingsCommand } from '@aws-sdk/client-securityhub';
import { ANYWHERE, deploy, HUB, MEMBER, OTHER_MEMBER, tcp, type Deployed } from './deployed-portcullis';

const virginia = { account: MEMBER, region: 'us-east-1' };
const frankfurt = { account: MEMBER, region: 'eu-central-1' };

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
  await portcullis.subscribe();
});
afterAll(() => portcullis.stop());

describe('somebody chooses Close ingress for a group open on tcp 22', () => {
  let story: Awaited<ReturnType<typeof play>>;
  async function play() {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE, '10.0.0.0/8', '::/0')]);
    const before = await portcullis.ingressOf(group);
    const id = await portcullis.importFinding(group, 'EC2.13');
    await portcullis.press(id);
    await portcullis.settle();
    return { group, before, id, finding: await portcullis.findingOf(id), after: await portcullis.ingressOf(group) };
  }
  beforeAll(async () => {
    story = await play();
  });

  test('the finding is RESOLVED with a note that names what was revoked', () => {
    const { finding, before } = story;
    expect(finding.Workflow?.Status).toBe('RESOLVED');
    expect(finding.Note?.UpdatedBy).toBe('Portcullis');
    for (const source of [ANYWHERE, '::/0']) {
      const rule = before.find(({ CidrIpv4, CidrIpv6 }) => [CidrIpv4, CidrIpv6].includes(source));
      expect(finding.Note?.Text).toContain(`tcp 22 from ${source} (${rule?.SecurityGroupRuleId ?? '?'})`);
    }
    expect(finding.Note?.Text).not.toContain('10.0.0.0/8');
  });

  test('the rule from 10.0.0.0/8 is the one that was there before', () => {
    const office = story.before.filter(({ CidrIpv4 }) => CidrIpv4 === '10.0.0.0/8');
    expect(office).toHaveLength(1);
    expect(story.after).toEqual(office);
  });

  test('the member account lists the successful SSM execution, run by the member role in the name of the remediation', async () => {
    const remediationId = story.finding.UserDefinedFields?.['PortcullisRemediationId'] ?? '?';
    const executions = (await portcullis.runbooksIn(virginia)).filter(({ ExecutedBy = '' }) =>
      ExecutedBy.includes(remediationId),
    );
    expect(executions).toEqual([
      expect.objectContaining({
        DocumentName: 'Portcullis-CloseSecurityGroupIngress-DualStack',
        AutomationExecutionStatus: 'Success',
        ExecutedBy: `arn:aws:sts::${MEMBER}:assumed-role/Portcullis-Member/portcullis-${remediationId}`,
      }),
    ]);
  });

  test('the ledger holds the rules as they were before, and as they were read back', async () => {
    const record = await portcullis.recordOf(story.id);
    const ids = (rules: readonly { SecurityGroupRuleId?: string | undefined; IsEgress?: boolean | undefined }[] = []) =>
      rules.flatMap(({ SecurityGroupRuleId = '?', IsEgress }) => (IsEgress ? [] : SecurityGroupRuleId)).sort();
    expect(record.outcome).toBe('closed');
    expect(ids(record.before?.rules)).toEqual(ids(story.before));
    expect(ids(record.after)).toEqual(ids(story.after));
  });

  test('the bus has one Ingress Closed, with the target and who decided', async () => {
    expect(await portcullis.domainEventsAbout(story.group)).toEqual([
      expect.objectContaining({
        source: 'portcullis',
        'detail-type': 'Ingress Closed',
        detail: expect.objectContaining({
          outcome: 'closed',
          controls: ['EC2.13'],
          trigger: 'custom-action',
          decidedBy: 'custom action "Close ingress"',
          findingIds: [story.id],
          target: expect.objectContaining({ account: MEMBER, region: 'us-east-1', arn: story.group.arn }),
        }),
      }),
    ]);
  });

  test('UserDefinedFields say the outcome, the remediation and who decided, and nothing else', () => {
    expect(story.finding.UserDefinedFields).toEqual({
      PortcullisOutcome: 'closed',
      PortcullisRemediationId: expect.stringMatching(/^rem-[0-9a-f]{16}$/),
      PortcullisDecidedBy: 'custom action "Close ingress"',
    });
  });
});

describe('automatic closing', () => {
  test('a new finding of a control that is automatic leads to RESOLVED with nobody watching', async () => {
    const group = await portcullis.openGroup(frankfurt, [tcp(3389, 3389, ANYWHERE)]);
    const id = await portcullis.importFinding(group, 'EC2.14');
    await portcullis.settle();
    const { Workflow, UserDefinedFields } = await portcullis.findingOf(id);
    expect(Workflow?.Status).toBe('RESOLVED');
    expect(UserDefinedFields?.['PortcullisDecidedBy']).toBe('policy: EC2.14 automatic');
    expect(await portcullis.ingressOf(group)).toEqual([]);
  });

  test('a new finding of a control that is not automatic changes nothing, however long nobody does anything', async () => {
    const invocations = await portcullis.invocationsOf('Portcullis-Dispatcher');
    const group = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]);
    const id = await portcullis.importFinding(group, 'EC2.13');
    await portcullis.settle();
    await portcullis.clock.advance(24 * 3_600_000);
    expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('NEW');
    expect(await portcullis.ingressOf(group)).toHaveLength(1);
    expect(await portcullis.invocationsOf('Portcullis-Dispatcher')).toBe(invocations);
  });

  test.each([
    ['is archived', { RecordState: 'ARCHIVED' }],
    ['is suppressed', { Workflow: { Status: 'SUPPRESSED' } }],
    ['has passed', { Compliance: { Status: 'PASSED', SecurityControlId: 'EC2.14' } }],
    ['was NOTIFIED before', { Workflow: { Status: 'NOTIFIED' } }],
  ] as const)('a finding that %s starts nothing', async (_, changes) => {
    const group = await portcullis.openGroup(frankfurt, [tcp(3389, 3389, ANYWHERE)]);
    const id = await portcullis.importFinding(group, 'EC2.14', changes);
    const before = await portcullis.findingOf(id);
    await portcullis.settle();
    expect(await portcullis.findingOf(id)).toEqual(before);
    expect(await portcullis.ingressOf(group)).toHaveLength(1);
  });
});

describe('a person chooses Close ingress for a finding that needs no work', () => {
  test.each([
    ['is archived', { RecordState: 'ARCHIVED' }, 'the finding is archived'],
    ['is suppressed', { Workflow: { Status: 'SUPPRESSED' } }, 'the finding is suppressed'],
    ['has passed', { Compliance: { Status: 'PASSED', SecurityControlId: 'EC2.13' } }, 'the control passes'],
  ] as const)('one that %s is answered by a note, stays as it is, and so does the group', async (_, changes, why) => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    const id = await portcullis.importFinding(group, 'EC2.13', changes);
    const before = await portcullis.findingOf(id);
    await portcullis.press(id);
    await portcullis.settle();
    const { Note: answer, ...after } = await portcullis.findingOf(id);
    expect(after).toEqual(before);
    expect(answer?.Text).toContain(`Portcullis did nothing, because ${why}`);
    expect(await portcullis.ingressOf(group)).toHaveLength(1);
  });

  test('one whose group is closed already is RESOLVED after a read-back, and no runbook runs', async () => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, '203.0.113.0/24')]);
    const id = await portcullis.importFinding(group, 'EC2.13');
    const executions = (await portcullis.runbooksIn(virginia)).length;
    await portcullis.press(id);
    await portcullis.settle();
    const { Workflow, UserDefinedFields } = await portcullis.findingOf(id);
    expect([Workflow?.Status, UserDefinedFields?.['PortcullisOutcome']]).toEqual(['RESOLVED', 'already-closed']);
    expect(await portcullis.runbooksIn(virginia)).toHaveLength(executions);
  });

  test('one that is RESOLVED, but whose port was opened again, is closed again', async () => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    const id = await portcullis.importFinding(group, 'EC2.13', { Workflow: { Status: 'RESOLVED' } });
    await portcullis.press(id);
    await portcullis.settle();
    expect(await portcullis.ingressOf(group)).toEqual([]);
    expect((await portcullis.findingOf(id)).UserDefinedFields?.['PortcullisOutcome']).toBe('closed');
  });
});

describe('our own updates of findings', () => {
  test.each([
    ['RESOLVED', OTHER_MEMBER],
    ['NOTIFIED', '444444444444'],
  ])('start nothing: an automatic finding that became %s is worked on once', async (workflow, account) => {
    const [dispatched, orchestrated] = [
      await portcullis.invocationsOf('Portcullis-Dispatcher'),
      (await portcullis.executions()).length,
    ];
    const group = await portcullis.openGroup({ account, region: 'us-east-1' }, [tcp(3389, 3389, ANYWHERE)]);
    const id = await portcullis.importFinding(group, 'EC2.14');
    await portcullis.settle();
    await portcullis.clock.advance(24 * 3_600_000);
    expect((await portcullis.findingOf(id)).Workflow?.Status).toBe(workflow);
    expect(await portcullis.invocationsOf('Portcullis-Dispatcher')).toBe(dispatched + 1);
    expect(await portcullis.executions()).toHaveLength(orchestrated + 1);
  });
});

describe('several findings', () => {
  test('four controls that fail on one group are one remediation, one runbook run each protocol and port, one outcome', async () => {
    const group = await portcullis.openGroup({ account: HUB, region: 'us-east-1' }, [
      tcp(22, 22, ANYWHERE),
      tcp(443, 443, ANYWHERE),
    ]);
    const controls = ['EC2.13', 'EC2.18', 'EC2.19', 'EC2.53'];
    const ids = await Promise.all(controls.map((control) => portcullis.importFinding(group, control)));
    const executions = (await portcullis.executions()).length;
    await portcullis.press(...ids);
    await portcullis.settle();
    const found = await Promise.all(ids.map((id) => portcullis.findingOf(id)));
    expect(found.map(({ Workflow }) => Workflow?.Status)).toEqual(controls.map(() => 'RESOLVED'));
    expect(new Set(found.map((each) => each.UserDefinedFields?.['PortcullisRemediationId'])).size).toBe(1);
    expect((await portcullis.ingressOf(group)).map(({ FromPort }) => FromPort)).toEqual([443]);
    expect(await portcullis.executions()).toHaveLength(executions + 1);
    expect(await portcullis.domainEventsAbout(group)).toHaveLength(1);
    expect(await portcullis.runbooksIn({ account: HUB, region: 'us-east-1' })).toHaveLength(1);
  });

  test('selected in one event of the console, they are all closed, each on its own target', async () => {
    const groups = await Promise.all([1, 2, 3].map(() => portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)])));
    const ids = await Promise.all(groups.map((group) => portcullis.importFinding(group, 'EC2.13')));
    const findings = await Promise.all(ids.map((id) => portcullis.findingOf(id)));
    await portcullis.put(await portcullis.customActionEvent(findings));
    await portcullis.settle();
    for (const [index, id] of ids.entries()) {
      expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('RESOLVED');
      expect(await portcullis.ingressOf(groups[index] ?? { id: '', arn: '', ...virginia })).toEqual([]);
    }
  });
});

describe('notes of other people', () => {
  test('are kept in the ledger when ours takes their place', async () => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    const id = await portcullis.importFinding(group, 'EC2.13');
    const { ProductArn } = await portcullis.findingOf(id);
    await portcullis.clients.securityHub(portcullis.hub).send(
      new BatchUpdateFindingsCommand({
        FindingIdentifiers: [{ Id: id, ProductArn }],
        Note: { Text: 'Needed for the migration until May.', UpdatedBy: 'alice' },
      }),
    );
    await portcullis.press(id);
    await portcullis.settle();
    expect((await portcullis.findingOf(id)).Note?.UpdatedBy).toBe('Portcullis');
    expect((await portcullis.recordOf(id)).findings).toEqual([
      expect.objectContaining({
        id,
        previousNote: expect.objectContaining({ text: 'Needed for the migration until May.', updatedBy: 'alice' }),
      }),
    ]);
  });
});

test('nothing is left in the queue of findings when all is done', async () => {
  await portcullis.settle();
  expect((await portcullis.messages()).filter(({ queue }) => queue.endsWith(':Portcullis-Findings'))).toEqual([]);
});
