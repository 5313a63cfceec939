/** What `isolation` of portcullis.yaml comes to, as the functions go by it. */
export interface IsolationTerms {
  /** A target, interface, subnet or VPC with this tag and the value `deny` is not isolated. */
  readonly guardTag: string;
  /** The name of the isolating group of a VPC: the deployment's own. */
  readonly groupName: string;
}

/** Marks the groups that are ours: without it a group of our name is somebody else's. Its value is the group's name. */
export const ISOLATING_TAG = 'portcullis:isolating';

/** The value of the guard tag that refuses, in whatever case. */
export const DENY = 'deny';
