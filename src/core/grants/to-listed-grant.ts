import { stateOfGrant, type Grant, type GrantState } from './grant';

/** A grant as scripts read it; docs/grants.md says what its fields hold. */
export interface ListedGrant {
  readonly grantId: string;
  readonly target: Grant['target'];
  readonly port: number;
  readonly source: string;
  readonly reason: string;
  readonly by: string;
  readonly since: string;
  readonly until: string;
  readonly state: GrantState;
  readonly ruleId?: string;
  readonly openedBy: string;
  readonly ended?: Grant['ended'];
}

/** A grant as it is listed at a moment. */
export function toListedGrant(grant: Grant, now: Date): ListedGrant {
  const { grantId, target, rule, ruleId, reason, by, since, until, openedBy, ended } = grant;
  return {
    grantId,
    target,
    port: rule.FromPort,
    source: rule.CidrIpv4 ?? rule.CidrIpv6 ?? '',
    reason,
    by,
    since,
    until,
    state: stateOfGrant(grant, now),
    ...(ruleId === undefined ? {} : { ruleId }),
    openedBy,
    ...(ended === undefined ? {} : { ended }),
  };
}
