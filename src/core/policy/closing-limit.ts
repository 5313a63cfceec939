/** How many closings that nobody chose may begin within how long, over all accounts. */
export interface ClosingLimit {
  readonly closings: number;
  readonly minutes: number;
}
