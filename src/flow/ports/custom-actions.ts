import type { CustomAction, RequestedCustomAction } from '../../core/custom-actions/custom-action';
import type { PortResult } from './port-failure';

/** Custom actions of Security Hub in the Region and account where the function runs. */
export interface CustomActions {
  /** @returns undefined where there is no action of this ARN */
  find(arn: string): PortResult<CustomAction | undefined>;
  /** Fails with `conflict` where an action of this id exists. */
  create(action: RequestedCustomAction): PortResult<void>;
  /** Fails with `not-found` where there is no action of this ARN. */
  update(arn: string, action: CustomAction): PortResult<void>;
  /** Fails with `not-found` where there is no action of this ARN. */
  delete(arn: string): PortResult<void>;
}
