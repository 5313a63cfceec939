/** What a report can be written as; docs/reports.md says which files each is. */
export const REPORT_FORMATS = ['html', 'csv', 'json', 'ocsf', 'oscal'] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];
