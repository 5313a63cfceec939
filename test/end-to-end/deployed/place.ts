export const HUB = '111111111111';
export const MEMBER = '222222222222';
export const OTHER_MEMBER = '333333333333';

export const ANYWHERE = '0.0.0.0/0';

export interface Place {
  readonly account: string;
  readonly region: string;
}

/** What a finding is about. */
export interface Located extends Place {
  readonly id: string;
  readonly arn: string;
}

export type ArnOf = (service: string, place: Place, resource: string) => string;

export function arnsOf(partition: string): ArnOf {
  return (service, { account, region }, resource) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
}
