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
  const buckets =
    await portcullis.ask<readonly { readonly bucket: string; readonly keys: readonly string[] }[]>('s3/objects');
  const keys = buckets.find(({ bucket }) => bucket === BUCKET)?.keys ?? [];
  return keys.map((key) => key.replace(/^\d{4}\/\d{2}\/\d{2}\/\d{6}Z\//, '')).sort();
}
