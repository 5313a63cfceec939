/** One Region of one account: what a sweep reads in one go. */
export interface Place {
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
}

/** The ledger's key of a place, and what it is called in logs. */
export function placeKey({ account, region }: Pick<Place, 'account' | 'region'>): string {
  return `${account}/${region}`;
}
