import type { ControlParameter } from '../../core/controls/control-id';
import type { Place } from '../../core/sweeping/place';
import type { PortResult } from './port-failure';

/** What owners of accounts have set for controls of Security Hub: in each account and Region for itself. */
export interface ControlParameters {
  /**
   * The ports that EC2.18 authorizes in a place, as findings of it carry them. One that is left out has Security Hub's
   * default.
   * @param session names the call in the member's CloudTrail
   */
  fetchAuthorizedPorts(place: Place, session: string): PortResult<readonly ControlParameter[]>;
}
