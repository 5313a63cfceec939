import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { EditTemplate } from '../assembly';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed } from '../deployed-portcullis';
import { withShortPauses } from '../edited-settings';

export const REPORTS = 'test/end-to-end/reports/reports.yaml';
export const BUCKET = 'portcullis-reports-111111111111-eu-central-1';

const DAY_MILLIS = 86_400_000;

/** A deployment that makes a report a day, in which one group was closed and another one is open. */
export async function deployReports(edit?: EditTemplate): Promise<Deployed> {
  const portcullis = await deploy({
    clockMode: 'skipping',
    configurationFile: REPORTS,
    edit(template, file) {
      withShortPauses(template, file);
      edit?.(template, file);
    },
  });
  await portcullis.subscribe();
  const place = { account: MEMBER, region: 'us-east-1' };
  const ssh = await portcullis.openGroup(place, [tcp(22, 22, ANYWHERE)]);
  const rdp = await portcullis.openGroup(place, [tcp(3389, 3389, ANYWHERE)]);
  await portcullis.importFinding(ssh, 'EC2.13');
  await portcullis.importFinding(rdp, 'EC2.14');
  await portcullis.settle();
  return portcullis;
}

export async function aDayLater(portcullis: Deployed): Promise<void> {
  await portcullis.clock.advance(DAY_MILLIS);
  await portcullis.settle();
}

/** Keys in the bucket of reports, without the day and time that they begin with. */
export async function filesOf(portcullis: Deployed): Promise<readonly string[]> {
  return (await filesWithDays(portcullis)).map((key) => key.replace(/^\d{4}\/\d{2}\/\d{2}\/\d{6}Z\//, '')).sort();
}

/** What somebody of an account sees of the reports with the role of auditors, call by call. */
export async function audit(portcullis: Deployed, account: string): Promise<Readonly<Record<string, unknown>>> {
  const { endpoint, hub } = portcullis;
  const settings = { endpoint, region: hub.region, maxAttempts: 1 };
  const sts = new STSClient({ ...settings, credentials: { accessKeyId: account, secretAccessKey: 'any' } });
  const RoleArn = `arn:aws:iam::${hub.account}:role/Portcullis-Auditor`;
  const said = async (call: Promise<unknown>) =>
    call.then(
      () => 'taken',
      (error: unknown) => (error instanceof Error ? error.name : ''),
    );
  try {
    const taken = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'auditor' }));
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = taken.Credentials ?? {};
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    const s3 = new S3Client({ ...settings, credentials, forcePathStyle: true });
    try {
      const listed = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET })).catch(() => undefined);
      const [key] = await filesWithDays(portcullis);
      return {
        listed: listed?.Contents?.length ?? 'refused',
        read: await said(s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key ?? '' }))),
        written: await said(s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: key ?? '', Body: 'all is well' }))),
      };
    } finally {
      s3.destroy();
    }
  } catch (error) {
    return { taken: error instanceof Error ? error.name : '' };
  } finally {
    sts.destroy();
  }
}

async function filesWithDays(portcullis: Deployed): Promise<readonly string[]> {
  const buckets =
    await portcullis.ask<readonly { readonly bucket: string; readonly keys: readonly string[] }[]>('s3/objects');
  return buckets.find(({ bucket }) => bucket === BUCKET)?.keys ?? [];
}
