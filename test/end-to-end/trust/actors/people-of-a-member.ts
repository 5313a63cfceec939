import { EC2Client, RevokeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { BatchImportFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import {
  CreateDocumentCommand,
  DeleteDocumentCommand,
  GetDocumentCommand,
  ListDocumentsCommand,
  SSMClient,
  StartAutomationExecutionCommand,
} from '@aws-sdk/client-ssm';
import { ANYWHERE, MEMBER, OTHER_MEMBER, tcp, type Deployed, type Group } from '../../deployed-portcullis';
import { replaceContent } from '../../replaced-document';
import { expectRefused, MEMBER_PLACE, OPEN, openScene, OTHER_PLACE, sourcesOf, type Actor } from './scene';

const RUNBOOK = `arn:aws:iam::${MEMBER}:role/Portcullis-Runbook`;

export const importsFindings: Actor = async (portcullis) => {
  const importer = await portcullis.somebody(MEMBER_PLACE, { actions: ['securityhub:BatchImportFindings'] });
  const client = new SecurityHubClient(importer.settings);
  let imported = 0;
  /** A failed finding that they make up; the number of those that Security Hub took. */
  const invent = async (group: Group, control: string, AwsAccountId: string): Promise<number> => {
    const at = new Date(portcullis.clock.now()).toISOString();
    const { SuccessCount = 0 } = await client.send(
      new BatchImportFindingsCommand({
        Findings: [
          {
            SchemaVersion: '2018-10-08',
            Id: `invented/${String(++imported)}`,
            ProductArn: `arn:aws:securityhub:${MEMBER_PLACE.region}:${MEMBER}:product/${MEMBER}/default`,
            GeneratorId: `security-control/${control}`,
            AwsAccountId,
            Types: ['Software and Configuration Checks'],
            CreatedAt: at,
            UpdatedAt: at,
            Severity: { Label: 'HIGH' },
            Title: 'Invented',
            Description: 'Invented',
            Resources: [{ Type: 'AwsEc2SecurityGroup', Id: group.arn, Partition: 'aws', Region: group.region }],
            Compliance: { Status: 'FAILED', SecurityControlId: control },
            RecordState: 'ACTIVE',
          },
        ],
      }),
    );
    await portcullis.settle();
    return SuccessCount;
  };
  const sources = async (group: Group) => (await portcullis.ingressOf(group)).map(({ CidrIpv4 }) => CidrIpv4);

  const rdp = await portcullis.openGroup(MEMBER_PLACE, [tcp(3389, 3389, ANYWHERE)]);
  expect(await invent(rdp, 'EC2.14', MEMBER)).toBe(1);
  expect(await sources(rdp)).toEqual([]);
  const harmless = await portcullis.openGroup(MEMBER_PLACE, [tcp(443, 443, ANYWHERE)]);
  expect(await invent(harmless, 'EC2.14', MEMBER)).toBe(1);
  expect(await sources(harmless)).toEqual([ANYWHERE]);
  const notAutomatic = await portcullis.openGroup(MEMBER_PLACE, [tcp(22, 22, ANYWHERE)]);
  expect(await invent(notAutomatic, 'EC2.13', MEMBER)).toBe(1);
  expect(await sources(notAutomatic)).toEqual([ANYWHERE]);
  const ofOthers = await portcullis.openGroup(OTHER_PLACE, [tcp(3389, 3389, ANYWHERE)]);
  expect(await invent(ofOthers, 'EC2.14', MEMBER)).toBe(1);
  expect(await invent(ofOthers, 'EC2.14', OTHER_MEMBER)).toBe(0);
  expect(await sources(ofOthers)).toEqual([ANYWHERE]);
  client.destroy();
};

interface Document {
  readonly name: string;
  readonly content: string;
}

async function documentsOf(portcullis: Deployed): Promise<readonly Document[]> {
  const ssm = portcullis.clients.ssm(MEMBER_PLACE);
  const { DocumentIdentifiers = [] } = await ssm.send(
    new ListDocumentsCommand({ Filters: [{ Key: 'Name', Values: ['Portcullis-'] }] }),
  );
  return Promise.all(
    DocumentIdentifiers.map(async ({ Name: name = '' }) => {
      const { Content: content = '' } = await ssm.send(new GetDocumentCommand({ Name: name }));
      return { name, content };
    }),
  );
}

async function createDocument(client: SSMClient, Name: string, Content: string): Promise<void> {
  await client.send(new CreateDocumentCommand({ Name, Content, DocumentType: 'Automation', DocumentFormat: 'JSON' }));
}

/** `UpdateDocument` is not in the sandbox: they delete ours, and creates their own of the same name. */
export const changesDocuments: Actor = async (portcullis) => {
  const originals = await documentsOf(portcullis);
  expect(originals.length).toBeGreaterThan(0);
  const actions = ['ssm:UpdateDocument', 'ssm:DeleteDocument', 'ssm:CreateDocument'];
  const changer = await portcullis.somebody(MEMBER_PLACE, { actions });
  const ssm = new SSMClient(changer.settings);
  const replace = async ({ name, content }: Document) => {
    await ssm.send(new DeleteDocumentCommand({ Name: name }));
    await createDocument(ssm, name, content);
  };
  for (const { name, content } of originals) {
    await replace({ name, content: replaceContent(content, 'opens-another-port') });
  }
  const scene = await openScene(portcullis);
  const before = await portcullis.metric('RemediationsNotVerified');
  await portcullis.press(scene.findingId);
  await portcullis.settle();
  for (const document of originals) await replace(document);
  const { Workflow, UserDefinedFields, Note } = await portcullis.findingOf(scene.findingId);
  expect([Workflow?.Status, UserDefinedFields?.['PortcullisOutcome']]).toEqual(['NOTIFIED', 'not-verified']);
  expect(Note?.Text).toMatch(/There, and in no plan: .*3389/);
  expect(await portcullis.metric('RemediationsNotVerified')).toBe(before + 1);

  // Nothing automatic in that account, until a person releases it.
  const rdp = await portcullis.openGroup(MEMBER_PLACE, [tcp(3389, 3389, ANYWHERE)]);
  const automatic = await portcullis.importFinding(rdp, 'EC2.14');
  await portcullis.settle();
  expect((await portcullis.findingOf(automatic)).UserDefinedFields?.['PortcullisOutcome']).toBe('asked');
  expect(await portcullis.commands.ask({ command: 'release', account: MEMBER })).toMatchObject({
    value: { status: 200 },
  });

  // By themselves they change nothing.
  const [{ name: DocumentName } = { name: '' }] = originals;
  await expectRefused(ssm.send(new StartAutomationExecutionCommand({ DocumentName })));
  const ec2 = new EC2Client(changer.settings);
  const revoke = { GroupId: scene.group.id, IpPermissions: [tcp(22, 22, ANYWHERE)] };
  await expectRefused(ec2.send(new RevokeSecurityGroupIngressCommand(revoke)));
  for (const each of [ssm, ec2]) each.destroy();
};

const OPENER = JSON.stringify({
  schemaVersion: '0.3',
  assumeRole: '{{ AutomationAssumeRole }}',
  parameters: { AutomationAssumeRole: { type: 'String' }, GroupId: { type: 'String' } },
  mainSteps: [
    {
      name: 'Open',
      action: 'aws:executeAwsApi',
      inputs: {
        Service: 'ec2',
        Api: 'AuthorizeSecurityGroupIngress',
        GroupId: '{{ GroupId }}',
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 3389, ToPort: 3389, IpRanges: [{ CidrIp: ANYWHERE }] }],
      },
      isEnd: true,
    },
  ],
});

export const passesTheRunbooksRole: Actor = async (portcullis) => {
  const start = ['ssm:CreateDocument', 'ssm:StartAutomationExecution'];
  const without = await portcullis.somebody(MEMBER_PLACE, { actions: start });
  const passer = await portcullis.somebody(
    MEMBER_PLACE,
    { actions: start },
    { actions: ['iam:PassRole'], resources: [RUNBOOK] },
  );
  const own = await openScene(portcullis);
  const others = await openScene(portcullis, OTHER_PLACE);
  const ssm = new SSMClient(passer.settings);
  await createDocument(ssm, 'Opener', OPENER);
  const run = (client: SSMClient, GroupId: string, role = RUNBOOK) =>
    client.send(
      new StartAutomationExecutionCommand({
        DocumentName: 'Opener',
        Parameters: { AutomationAssumeRole: [role], GroupId: [GroupId] },
      }),
    );
  await expectRefused(run(new SSMClient(without.settings), own.group.id));
  expect(await sourcesOf(portcullis, own)).toEqual(OPEN);

  await run(ssm, own.group.id);
  await run(ssm, others.group.id);
  await expect(run(ssm, others.group.id, RUNBOOK.replace(MEMBER, OTHER_MEMBER))).rejects.toThrow();
  await portcullis.settle();
  const ports = (await portcullis.ingressOf(own.group)).map(({ FromPort }) => FromPort);
  expect(ports).toContain(3389);
  expect(await sourcesOf(portcullis, others)).toEqual(OPEN);
  ssm.destroy();
};
