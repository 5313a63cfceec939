import type { DeploymentNames } from '../../core/configuration/names/deployment-names';
import type { Target } from '../../core/target';
import type { DeploymentState, PortResult } from '../ports';

/** How the probe of a member ended: read with the member role, or not, with the reason. */
export interface MemberProbe {
  readonly isRead: boolean;
  /** A sentence where the member stack is of another version than the hub. */
  readonly otherVersion?: string;
  /** The account has not enabled the Region. */
  readonly isRegionDisabled?: true;
  readonly reason: string;
}

/** What the checks read, and where. */
export interface DoctorPorts {
  readonly deployment: DeploymentState;
  readonly prefix: string;
  readonly names: DeploymentNames;
  /** The hub's Region, Security Hub's aggregation Region. */
  readonly region: string;
  readonly partition: string;
  readonly account: string;
  /** Has the deployment itself read a target of that account and Region that does not exist. */
  probeMember(target: Target): PortResult<MemberProbe>;
}
