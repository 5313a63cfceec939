import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { DueDays } from '../../core/reporting/due';
import { ReportBuilder } from '../../core/reporting/report-builder';
import type { DecideMode } from '../../core/reporting/reported-finding';
import { success } from '../../core/result';
import type { SecurityHubKind } from '../../core/security-hub-kind';
import type { Clock, ReportEvents, ReportSource, ReportStore } from '../../flow/ports';
import { clientSettings } from '../client-settings';
import { createDomainEvents } from '../event-bridge/domain-events';
import { createReportStore } from '../s3/report-store';
import { systemClock } from '../system-clock';
import { fetchFindingsOf } from './report-findings';
import { fetchLedgerForReport } from './report-input';

export interface ReporterResources {
  readonly ledgerTable: string;
  readonly busName: string;
  readonly bucket: string;
  readonly due: DueDays;
  /** Where findings are read. */
  readonly securityHub: SecurityHubKind;
}

/** What the reporter speaks to; files are no matter of AWS. */
export interface ReporterAdapters {
  readonly clock: Clock;
  readonly source: ReportSource;
  readonly store: ReportStore;
  readonly events: ReportEvents;
}

/** Security Hub answers three pages of 100 a second: that many findings take as long as they take. */
const PATIENT = { ...clientSettings, maxAttempts: 10 };

const SOURCES: Readonly<Record<SecurityHubKind, string>> = {
  cspm: 'Security Hub',
  v2: 'Security Hub V2',
  both: 'Security Hub, what is suppressed in V2,',
};

/** A report may be hundreds of megabytes. */
const UPLOAD = { ...clientSettings, requestHandler: { connectionTimeout: 3_000, requestTimeout: 300_000 } };

/**
 * Everything that the reporter speaks to; made once for each function container.
 *
 * @param decide what the policy would do about a finding, if it were on
 * @param onFindings called with findings as Security Hub has them, for a report that holds them as captured
 */
export function createReporterAdapters(
  { ledgerTable, busName, bucket, due, securityHub }: ReporterResources,
  decide: DecideMode,
  onFindings: (findings: readonly unknown[]) => void,
): ReporterAdapters {
  const hub = new SecurityHubClient(PATIENT);
  const ledger = new DynamoDBClient(PATIENT);
  return {
    clock: systemClock,
    events: createDomainEvents(new EventBridgeClient(clientSettings), busName),
    store: createReportStore(new S3Client(UPLOAD), bucket),
    source: {
      async read(generatedAt) {
        const builder = new ReportBuilder(decide);
        const findings = await fetchFindingsOf(securityHub, hub, (page) => {
          for (const finding of page) builder.addFinding(finding);
          onFindings(page);
        });
        if (!findings.ok) return findings;
        const read = await fetchLedgerForReport(ledger, ledgerTable, builder);
        if (!read.ok) return read;
        return success(builder.build({ generatedAt, source: `${SOURCES[securityHub]} and the ledger`, due }));
      },
    },
  };
}
