import type { Headline } from '../../core/reporting/headline';
import type { Report } from '../../core/reporting/report';
import type { PortResult } from './port-failure';

/** What Security Hub and the ledger have, as a report. */
export interface ReportSource {
  /** @param generatedAt ISO 8601, UTC */
  read(generatedAt: string): PortResult<Report>;
}

/** A report as files on a disk. */
export interface WrittenReport {
  readonly files: readonly { readonly name: string; readonly path: string; readonly sha256: string }[];
  /** Once, whatever happened. */
  remove(): void;
}

/** Writes a report as files. */
export interface ReportWriter {
  /** All of its files, or none. */
  write(report: Report): PortResult<WrittenReport>;
}

/** Where reports are kept. */
export interface ReportStore {
  /** In words of AWS: the bucket's name. */
  readonly bucket: string;
  /** @param sha256 of the file, hexadecimal: the store refuses what arrived otherwise */
  put(key: string, file: { readonly path: string; readonly sha256: string }): PortResult<void>;
  /** Whoever has it can read the file until it ends. */
  link(key: string, seconds: number): PortResult<string>;
}

/** The `portcullis` bus, for who makes reports. */
export interface ReportEvents {
  /** Puts it on the bus. */
  publish(event: ReportEvent): PortResult<void>;
}

export interface ReportEvent {
  readonly detailType: 'Report Ready';
  readonly detail: {
    /** What it comes to, and where it is. */
    readonly reason: string;
    readonly figures: Headline;
    readonly bucket: string;
    /** What the keys of its files begin with. */
    readonly prefix: string;
    /** To the zip; it ends. */
    readonly link: string;
    /** ISO 8601, UTC: then at the latest. */
    readonly linkEnds: string;
    readonly at: string;
  };
}
