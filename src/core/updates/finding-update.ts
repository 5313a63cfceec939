import type { Finding } from '../findings/finding';

/** What is written to a finding, for BatchUpdateFindings and its OCSF sibling alike. */
export interface FindingUpdate {
  /** Undefined leaves the workflow status as it is. */
  readonly workflow: Finding['workflow'] | undefined;
  /** At most 512 characters. */
  readonly note: string;
  /** Undefined leaves them as they are: they name the remediation that an undo needs. */
  readonly userDefinedFields: UserDefinedFields | undefined;
}

export interface UserDefinedFields {
  readonly PortcullisOutcome: string;
  readonly PortcullisRemediationId?: string;
  readonly PortcullisDecidedBy?: string;
  /** ISO 8601, UTC: until when the outcome holds, such as the end of an exception. */
  readonly PortcullisUntil?: string;
  /** `soon` where that is near: what can be asked for where no date can. */
  readonly PortcullisEnds?: 'soon';
}
