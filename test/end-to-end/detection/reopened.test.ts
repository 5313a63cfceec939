import { AuthorizeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { BatchUpdateFindingsCommand, type AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Located } from '../deployed-portcullis';

const virginia = { account: MEMBER, region: 'us-east-1' };
const ROOT = `arn:aws:iam::${MEMBER}:root`;

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping', configurationFile: 'test/end-to-end/detection/detection.yaml' });
  await portcullis.subscribe();
});
afterAll(() => portcullis.stop());

async function open(group: Located, port: number): Promise<void> {
  const IpPermissions = [tcp(port, port, ANYWHERE)];
  await portcullis.clients
    .ec2(virginia)
    .send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions }));
  await portcullis.settle();
}

async function ownFinding(group: Located, control: string): Promise<AwsSecurityFinding> {
  return portcullis.findingOf(`Portcullis/${control}/${group.arn}`);
}

async function openPorts(group: Located): Promise<readonly (number | undefined)[]> {
  return (await portcullis.ingressOf(group)).map(({ FromPort }) => FromPort);
}

/** What the bus said of re-openings, in order. */
async function reopenings(group: Located) {
  const events = await portcullis.domainEventsAbout(group);
  return events.filter((event) => event['detail-type'] === 'Ingress Reopened').map(({ detail }) => detail);
}

describe('a group that somebody opens again each time that it is closed', () => {
  let group: Located;
  beforeAll(async () => {
    group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    await portcullis.settle();
  });

  test('the second and the third time it is closed again, and the bus says who opens it', async () => {
    for (const times of [1, 2]) {
      await open(group, 22);
      expect(await openPorts(group)).toEqual([]);
      expect((await ownFinding(group, 'EC2.13')).Workflow?.Status).toBe('RESOLVED');
      expect((await reopenings(group)).at(-1)).toMatchObject({
        controls: expect.arrayContaining(['EC2.13']),
        reopenedBy: ROOT,
        call: 'AuthorizeSecurityGroupIngress',
        times,
      });
    }
    expect(await reopenings(group)).toHaveLength(2);
  });

  test('the fourth time a person is asked, with who keeps opening it, and it stays open', async () => {
    await open(group, 22);
    const finding = await ownFinding(group, 'EC2.13');
    expect(finding.Workflow?.Status).toBe('NOTIFIED');
    expect(finding.Note?.Text).toContain(
      `closed 3 times within 24 hours, and opened again each time, by ${ROOT} (3 times)`,
    );
    expect(finding.UserDefinedFields?.['PortcullisOutcome']).toBe('asked');
    expect(await openPorts(group)).toEqual([22]);
    expect((await reopenings(group)).at(-1)).toMatchObject({ times: 3, asked: expect.stringContaining(ROOT) });
  });

  test('Close ingress closes it all the same', async () => {
    await portcullis.press(`Portcullis/EC2.13/${group.arn}`);
    await portcullis.settle();
    expect(await openPorts(group)).toEqual([]);
    expect((await ownFinding(group, 'EC2.13')).Workflow?.Status).toBe('RESOLVED');
  });
});

test('what is opened again after something else was changed there counts as opened again, until a person is asked', async () => {
  const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
  await portcullis.settle();
  for (const [again, elsewhere] of [8080, 8081, 8082].entries()) {
    await open(group, elsewhere);
    // Nothing violates EC2.13 any more: its finding has passed meanwhile.
    expect((await ownFinding(group, 'EC2.13')).RecordState).toBe('ARCHIVED');
    await open(group, 22);
    expect((await reopenings(group)).at(-1)).toMatchObject({ reopenedBy: ROOT, times: again + 1 });
  }
  expect(await openPorts(group)).toContain(22);
  expect((await ownFinding(group, 'EC2.13')).Workflow?.Status).toBe('NOTIFIED');
});

test('what is opened again while its account still shows its finding as NEW is seen by what the hub says', async () => {
  // What was there is remembered while somebody may ask for it.
  await portcullis.misbehave({ kind: 'stale', service: 'securityhub', account: '444444444444' });
  const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
  await portcullis.settle();
  const { CreatedAt = '', Note } = await ownFinding(group, 'EC2.13');
  const between = (Date.parse(CreatedAt) + Date.parse(String(Note?.UpdatedAt))) / 2;
  const seconds = (portcullis.clock.now() - between) / 1000;
  await portcullis.misbehave({
    ...{ kind: 'stale', service: 'securityhub', operation: 'GetFindings' },
    ...{ account: MEMBER, region: virginia.region, seconds, times: 1 },
  });
  await open(group, 22);
  await portcullis.behave();
  expect(await openPorts(group)).toEqual([]);
  expect((await ownFinding(group, 'EC2.13')).Workflow?.Status).toBe('RESOLVED');
  expect(await reopenings(group)).toMatchObject([{ reopenedBy: ROOT, times: 1 }]);
});

test("Security Hub's own finding that we had RESOLVED is NEW again with whoever opened it, where nothing closes by itself", async () => {
  const group = await portcullis.openGroup(virginia, [tcp(3389, 3389, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.14');
  await portcullis.settle();
  await portcullis.press(id);
  await portcullis.settle();
  expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('RESOLVED');
  await portcullis.clock.advance(5000);
  await open(group, 3389);
  const again = await portcullis.findingOf(id);
  expect(again.Workflow?.Status).toBe('NEW');
  expect(again.Note?.Text).toContain(`Opened again after Portcullis had closed it. Opened by ${ROOT} from 127.0.0.1`);
  expect((await ownFinding(group, 'EC2.14')).Workflow?.Status).toBe('NEW');
  expect(await openPorts(group)).toEqual([3389]);
});

test('what a person has RESOLVED over an open port stays so when somebody touches the group', async () => {
  const group = await portcullis.openGroup(virginia, [tcp(3389, 3389, ANYWHERE)]);
  await portcullis.settle();
  const { Id, ProductArn } = await ownFinding(group, 'EC2.14');
  await portcullis.clients
    .securityHub(portcullis.hub)
    .send(
      new BatchUpdateFindingsCommand({ FindingIdentifiers: [{ Id, ProductArn }], Workflow: { Status: 'RESOLVED' } }),
    );
  await open(group, 443);
  expect((await ownFinding(group, 'EC2.14')).Workflow?.Status).toBe('RESOLVED');
  expect(await reopenings(group)).toEqual([]);
});

test('what a person has suppressed on the finding of Security Hub is not closed by a finding of ours about the same', async () => {
  const group = await portcullis.openGroup(virginia, []);
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.clients.securityHub(portcullis.hub).send(
    new BatchUpdateFindingsCommand({
      FindingIdentifiers: [{ Id: id, ProductArn: (await portcullis.findingOf(id)).ProductArn ?? '' }],
      Workflow: { Status: 'SUPPRESSED' },
    }),
  );
  await open(group, 22);
  expect(await openPorts(group)).toEqual([22]);
  await expect(ownFinding(group, 'EC2.13')).rejects.toThrow();
  // Another control there is nobody's word.
  expect((await ownFinding(group, 'EC2.18')).Workflow?.Status).toBe('NEW');
});
