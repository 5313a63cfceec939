import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { CustomActions, Log } from '../../flow/ports';
import { clientSettings } from '../client-settings';
import { createJsonLog } from '../cloudwatch/json-log';
import { createCustomActions } from '../security-hub/custom-actions';

export interface CustomActionAdapters {
  readonly actions: CustomActions;
  /** Waits, in seconds of real time. */
  readonly pause: (seconds: number) => Promise<void>;
  readonly log: Log;
}

/** What the function of custom actions works with; made once for each function container. */
export function createCustomActionAdapters(): CustomActionAdapters {
  return {
    actions: createCustomActions(new SecurityHubClient(clientSettings)),
    pause: (seconds) =>
      new Promise((resolve) => {
        setTimeout(resolve, seconds * 1000);
      }),
    log: createJsonLog(),
  };
}
