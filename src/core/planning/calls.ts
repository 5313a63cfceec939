/** What is known about one EC2 call that plans make: the one place where a call is described. */
export interface Call {
  /** What it changes: the rules of a security group, or an entry of a network ACL. */
  readonly kind: 'security-group' | 'network-acl';
  /** Whether its rules are there afterwards, are gone, or stand where others stood. */
  readonly effect: 'adds' | 'removes' | 'replaces';
  /** `of-entry`: an entry says itself which way it looks. */
  readonly direction: 'ingress' | 'egress' | 'of-entry';
  /** What a plan says that it would do: "revoke tcp 22 from 0.0.0.0/0". */
  readonly verb: 'add' | 'revoke' | 'replace' | 'delete';
  /** What a note says that it did: "Revoked: tcp 22 from 0.0.0.0/0." */
  readonly done: 'added' | 'revoked' | 'replaced' | 'deleted';
  /** The runbook that makes it, without the deployment's prefix and the ending of its form. */
  readonly document: string;
}

/**
 * Every call, by the name that EC2 gives it; plans and records keep that name. The independent verification has a list
 * of its own: what it proves must not lean on what it judges.
 */
export const CALLS = {
  AuthorizeSecurityGroupIngress: {
    kind: 'security-group',
    effect: 'adds',
    direction: 'ingress',
    verb: 'add',
    done: 'added',
    document: 'AuthorizeSecurityGroupIngress',
  },
  AuthorizeSecurityGroupEgress: {
    kind: 'security-group',
    effect: 'adds',
    direction: 'egress',
    verb: 'add',
    done: 'added',
    document: 'AuthorizeSecurityGroupEgress',
  },
  RevokeSecurityGroupIngress: {
    kind: 'security-group',
    effect: 'removes',
    direction: 'ingress',
    verb: 'revoke',
    done: 'revoked',
    document: 'CloseSecurityGroupIngress',
  },
  RevokeSecurityGroupEgress: {
    kind: 'security-group',
    effect: 'removes',
    direction: 'egress',
    verb: 'revoke',
    done: 'revoked',
    document: 'RevokeSecurityGroupEgress',
  },
  CreateNetworkAclEntry: {
    kind: 'network-acl',
    effect: 'adds',
    direction: 'of-entry',
    verb: 'add',
    done: 'added',
    document: 'CreateNetworkAclEntry',
  },
  ReplaceNetworkAclEntry: {
    kind: 'network-acl',
    effect: 'replaces',
    direction: 'of-entry',
    verb: 'replace',
    done: 'replaced',
    document: 'ReplaceNetworkAclEntry',
  },
  DeleteNetworkAclEntry: {
    kind: 'network-acl',
    effect: 'removes',
    direction: 'of-entry',
    verb: 'delete',
    done: 'deleted',
    document: 'DeleteNetworkAclEntry',
  },
} as const satisfies Readonly<Record<string, Call>>;

export type CallName = keyof typeof CALLS;

type CallsOn<Kind extends Call['kind']> = {
  [Name in CallName]: (typeof CALLS)[Name]['kind'] extends Kind ? Name : never;
}[CallName];

export type SecurityGroupCall = CallsOn<'security-group'>;
export type NetworkAclCall = CallsOn<'network-acl'>;

/** The calls that change resources of one kind, for schemas that read them back. */
export function callsOn<Kind extends Call['kind']>(kind: Kind): readonly CallsOn<Kind>[] {
  // Keys of the table by its own column.
  return Object.entries<Call>(CALLS).flatMap(([name, call]) => (call.kind === kind ? [name as CallsOn<Kind>] : []));
}
