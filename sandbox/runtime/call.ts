/** Who calls. An `account` principal is the account's administrator and may do everything in it. */
export type Principal =
  | { readonly kind: 'account'; readonly account: string }
  | {
      readonly kind: 'role';
      readonly account: string;
      readonly roleName: string;
      readonly sessionName: string;
      /** Access key id of the session's temporary credentials. */
      readonly accessKeyId: string;
    }
  /** An AWS service acting by itself, such as `events.amazonaws.com`: judged by resource policies only. */
  | { readonly kind: 'service'; readonly service: string; readonly account: string; readonly sourceArn: string };

/** Where a call lands and who makes it. */
export interface Call {
  readonly principal: Principal;
  /** Account whose resources the call reaches: the principal's own, for all services in the sandbox. */
  readonly account: string;
  readonly region: string;
  /** How a client called, for CloudTrail; undefined where a service of the sandbox did. */
  readonly agent?: { readonly sourceIp: string; readonly userAgent: string };
}
