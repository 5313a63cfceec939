/** A table of Athena over flow logs in S3, from `flowLogs.athena` in `portcullis.yaml`. */
export interface AthenaTable {
  readonly workGroup: string;
  readonly database: string;
  readonly table: string;
  /** Names of buckets that the flow logs are in. */
  readonly buckets: readonly string[];
  /** A partition of text by the day, so that other days are not read; missing where there is none. */
  readonly day?: { readonly column: string; readonly format: DayFormat };
  /** Where the table is; missing, in each target's own account. */
  readonly account?: string;
  /** Missing, in each target's own Region. */
  readonly region?: string;
}

export const DAY_FORMATS = ['yyyy-MM-dd', 'yyyy/MM/dd'] as const;

export type DayFormat = (typeof DAY_FORMATS)[number];
