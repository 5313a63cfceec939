/** Structured lines for whoever operates a deployment. */
export interface Log {
  /** What happened as it should. */
  info(message: string, fields?: LogFields): void;
  /** What somebody may want to look at. */
  warn(message: string, fields?: LogFields): void;
  /** What did not work, and was not put right. */
  error(message: string, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
