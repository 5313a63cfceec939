import type { CustomActionName } from './deployment-names';

/** Runbooks that only isolating needs, by the EC2 call that they make: in members where `isolation` is configured. */
export const ISOLATION_DOCUMENTS = {
  CreateSecurityGroup: 'CreateIsolatingSecurityGroup',
  ModifyNetworkInterfaceAttribute: 'ReplaceSecurityGroups',
} as const;

export interface IsolationNames {
  /** In every Region of a member account, on top of the member stack. */
  readonly stack: string;
  readonly stackSet: string;
  /** In the app: of the stack that an account outside the StackSet gets in one Region. */
  readonly direct: (account: string, region: string) => string;
  readonly customAction: CustomActionName;
  /** With the deployment's prefix. */
  readonly documents: readonly string[];
  /** Of the isolating group of each VPC. */
  readonly group: string;
}

/** The names that a deployment shows where it isolates. */
export function toIsolationNames(prefix: string): IsolationNames {
  return {
    stack: `${prefix}-Isolation`,
    stackSet: `${prefix}-Isolation`,
    direct: (account, region) => `${prefix}-Isolation-${account}-${region}`,
    customAction: { name: 'Isolate', id: `${prefix}Isolate` },
    documents: Object.values(ISOLATION_DOCUMENTS).map((document) => `${prefix}-${document}`),
    group: `${prefix}-Isolation`,
  };
}
