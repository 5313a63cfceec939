/** Values by a parameter's name, as StartAutomationExecution takes them: texts. */
export type RunbookParameters = Readonly<Record<string, readonly string[]>>;

/** Which of a call's documents carries out a step, and with what. */
export interface RunbookForm {
  /** The ending of the document's name: `Ipv6`, or nothing for the one that is named for the call alone. */
  readonly form: string;
  readonly parameters: RunbookParameters;
}

/** What carries out a step of a plan or of an isolation. */
export interface RunbookStart {
  /** Without the deployment's prefix: `CloseSecurityGroupIngress`, `CreateNetworkAclEntry-Ipv6`. */
  readonly document: string;
  readonly parameters: RunbookParameters;
}
