/** The names of what makes reports on a schedule, all from the deployment's prefix. */
export interface ReportNames {
  readonly function: string;
  readonly functionRole: string;
  /** What Scheduler starts the function with. */
  readonly starterRole: string;
  readonly schedule: string;
  /** Taken on by auditors, where `reports.auditors` names accounts. */
  readonly auditorRole: string;
  /** Names of buckets are one space for everybody: these begin with the prefix and end with account and Region. */
  bucket(account: string, region: string): string;
  logBucket(account: string, region: string): string;
}

/** @param prefix as the configuration schema accepts it: 2 to 12 letters and digits, a letter first. */
export function toReportNames(prefix: string): ReportNames {
  return {
    function: `${prefix}-Reporter`,
    functionRole: `${prefix}-Reporter`,
    starterRole: `${prefix}-ReportStarter`,
    schedule: 'report',
    auditorRole: `${prefix}-Auditor`,
    bucket: (account, region) => `${prefix.toLowerCase()}-reports-${account}-${region}`,
    logBucket: (account, region) => `${prefix.toLowerCase()}-report-logs-${account}-${region}`,
  };
}
