import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTagsCommand } from '@aws-sdk/client-ec2';
import { runAsOperator } from '../../cli/operator-cli';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';

const frankfurt = { account: MEMBER, region: 'eu-central-1' };
const HOSTILE = '"><script>alert(1)</script>\u001b[31m\u202e=cmd()';

let portcullis: Deployed;
let out: string;
beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'portcullis-told-'));
  portcullis = await deploy({ clockMode: 'skipping' });
  await portcullis.subscribe();
});
afterAll(async () => {
  await portcullis.stop();
  rmSync(out, { recursive: true });
});

/** Made by a stack, on an instance whose name and owner are the worst that tags may be. */
async function openManagedGroup(): Promise<Group> {
  const group = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]);
  await portcullis.runInstance(group, HOSTILE, true);
  await portcullis.clients.ec2(frankfurt).send(
    new CreateTagsCommand({
      Resources: [group.id],
      Tags: [
        { Key: 'terraform', Value: 'true' },
        { Key: 'owner', Value: HOSTILE },
      ],
    }),
  );
  return group;
}

test('what is known of a target stands in record, note, event, certificate, report and show, as data', async () => {
  const group = await openManagedGroup();
  const findingId = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.press(findingId);
  await portcullis.settle();
  const record = await portcullis.recordOf(findingId);
  expect(record).toMatchObject({
    outcome: 'closed',
    context: { reachable: { value: { answer: 'yes' } }, managedBy: { value: { by: 'terraform' } } },
  });

  const { Note, UserDefinedFields } = await portcullis.findingOf(findingId);
  const note = Note?.Text ?? '';
  const remediationId = UserDefinedFields?.['PortcullisRemediationId'] ?? '';
  expect(note).toMatch(/The internet reaches it through eni-\w+/);
  expect(note).not.toMatch(/[\p{Cc}\p{Cf}]/u);

  const [event] = await portcullis.domainEventsAbout(group);
  expect(event?.detail).toMatchObject({
    known: expect.stringMatching(/^The internet reaches it through eni-\w+/) as string,
    context: { ...record.context, owner: { known: true, value: { owner: HOSTILE, tags: [] } } },
    ownerMustChange: expect.arrayContaining([expect.stringContaining('Terraform')]) as string[],
  });
  expect(JSON.stringify(event?.detail['ownerMustChange'])).toMatch(/from_port.*22|0\.0\.0\.0\/0/);

  const file = join(out, 'certificate.json');
  expect((await runAsOperator(portcullis, ['show', remediationId, '--certificate', file])).exitCode).toBe(0);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    parts: { decision: { known: { reachable: { known: true, value: { answer: 'yes' } } } } },
  });
  expect((await runAsOperator(portcullis, ['verify', file])).exitCode).toBe(0);

  const shown = await runAsOperator(portcullis, ['show', remediationId]);
  expect(shown.stdout).toMatch(/what its owner must change\n {2}Its source is a configuration of Terraform/);
  expect(shown.stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);

  const report = await runAsOperator(portcullis, ['report', '--out', out, '--format', 'html,csv']);
  expect(report.exitCode).toBe(0);
  const csv = readFileSync(join(out, 'remediations.csv'), 'utf8');
  expect(csv).toMatch(/,known,owner_must_change\r?\n/);
  expect(csv).toContain('The internet reaches it through eni-');
  expect(csv).toContain('Its source is a configuration of Terraform');
  const page = readFileSync(join(out, 'report.html'), 'utf8');
  expect(page).toContain('<p class="known">The internet reaches it through eni-');
  expect(page).toContain('Its source is a configuration of Terraform');
  expect(page).not.toContain('<script>alert(1)');
});
