import type { CustomAction, RequestedCustomAction } from '../../core/custom-actions/custom-action';
import type { Outcome } from './port-failure';

/** Custom actions of Security Hub in the Region and account where the function runs. */
export interface CustomActions {
  /** @returns undefined where there is no action of this ARN */
  find(arn: string): Outcome<CustomAction | undefined>;
  /** Fails with `conflict` where an action of this id exists. */
  create(action: RequestedCustomAction): Outcome<void>;
  /** Fails with `not-found` where there is no action of this ARN. */
  update(arn: string, action: CustomAction): Outcome<void>;
  /** Fails with `not-found` where there is no action of this ARN. */
  delete(arn: string): Outcome<void>;
}
