import { describeHeadline, headlineOf } from '../../core/reporting/headline';
import { failure, success } from '../../core/result';
import type { Clock, PortResult, ReportEvents, ReportSource, ReportStore, ReportWriter } from '../ports';

export interface DeliveryPorts {
  readonly clock: Clock;
  readonly source: ReportSource;
  readonly writer: ReportWriter;
  readonly store: ReportStore;
  readonly events: ReportEvents;
}

/**
 * Seconds. A link that somebody made with credentials of a function ends with these, if that is earlier:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html
 */
const LINK_SECONDS = 12 * 60 * 60;

/** The file that the link leads to. */
const LINKED = 'report.zip';

/**
 * Makes a report, puts it into the store under the day and time of its making, and notifies people. Nobody is notified
 * of one that is not there whole. Answers where it is.
 */
export async function deliverReport({ clock, source, writer, store, events }: DeliveryPorts): PortResult<string> {
  const now = clock.now();
  const at = now.toISOString();
  const report = await source.read(at);
  if (!report.ok) return report;
  const written = await writer.write(report.value);
  if (!written.ok) return written;
  const prefix = `${at.slice(0, 10).replaceAll('-', '/')}/${at.slice(11, 19).replaceAll(':', '')}Z/`;
  try {
    for (const { name, ...file } of written.value.files) {
      const put = await store.put(`${prefix}${name}`, file);
      if (!put.ok) return put;
    }
  } finally {
    written.value.remove();
  }
  const link = await store.link(`${prefix}${LINKED}`, LINK_SECONDS);
  if (!link.ok) return link;
  const linkEnds = new Date(now.getTime() + LINK_SECONDS * 1000).toISOString();
  const figures = headlineOf(report.value);
  const published = await events.publish({
    detailType: 'Report Ready',
    detail: {
      reason: `${describeHeadline(figures)} s3://${store.bucket}/${prefix}; until ${linkEnds.slice(0, 16)}Z at the latest: ${link.value}`,
      figures,
      bucket: store.bucket,
      prefix,
      link: link.value,
      linkEnds,
      at,
    },
  });
  if (!published.ok) return failure(published.error);
  return success(prefix);
}
