import { aDayLater, audit, BUCKET, deployReports, REPORTS } from '../reports/reports-world';
import type { EditTemplate } from '../assembly';
import { grantsOf } from './granted-actions';
import { testGrants } from './test-grants';

// What `reports` adds: a function in the hub that reads and writes a bucket, a role that starts it, and one for auditors.

const ROLES = ['Portcullis-Reporter', 'Portcullis-ReportStarter', 'Portcullis-Auditor'];

const AS_GRANTED = {
  notified: 1,
  link: 200,
  audited: { listed: 10, read: 'taken', written: 'AccessDenied' },
  logged: true,
  deadLetters: 1,
};

/** A report is made, and somebody follows the link to it; a day later the bucket is gone. */
async function playDay(edit?: EditTemplate): Promise<unknown> {
  const portcullis = await deployReports(edit);
  try {
    await aDayLater(portcullis);
    const notified = (await portcullis.domainEvents()).filter((event) => event['detail-type'] === 'Report Ready');
    const { link } = (notified[0]?.detail ?? {}) as { readonly link?: string };
    const lines = await portcullis.ask<readonly object[]>('lambda/logs', { functionName: 'Portcullis-Reporter' });
    const status = link && (await fetch(link)).status;
    const audited = await audit(portcullis, '222222222222');
    await portcullis.ask('s3/remove', { bucket: BUCKET });
    await aDayLater(portcullis);
    const deadLetters = (await portcullis.messages()).filter(({ queue }) => queue.endsWith('DeadLetters')).length;
    return { notified: notified.length, link: status, audited, logged: lines.length > 0, deadLetters };
  } finally {
    await portcullis.stop();
  }
}

testGrants<unknown>('with what the templates grant, the report is made, kept and announced', {
  grants: ROLES.flatMap((role) => grantsOf(role, REPORTS)),
  play: playDay,
  asGranted: AS_GRANTED,
});
