import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { success } from '../../core/result';
import type { CallerState, PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import type { clientSettings } from '../client-settings';

/** Who asks, and what time it is at AWS, which refuses signatures whose time is five minutes off. */
export async function fetchCallerState(
  settings: typeof clientSettings & { readonly region: string },
): PortResult<CallerState> {
  const client = new STSClient(settings);
  let clockAheadMillis: number | undefined;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      clockAheadMillis = aheadBy(result.response);
      return result;
    },
    { step: 'deserialize', name: 'portcullisReadsTheDate', priority: 'low' },
  );
  const caller = await attempt('The caller cannot be identified', () => client.send(new GetCallerIdentityCommand({})));
  if (!caller.ok) return caller;
  const { Account = '', Arn = '' } = caller.value;
  return success({ account: Account, arn: Arn, clockAheadMillis });
}

/** The header is of whole seconds: https://www.rfc-editor.org/rfc/rfc9110#name-date */
function aheadBy(response: unknown): number | undefined {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return undefined;
  const { headers } = response;
  const date = typeof headers === 'object' && headers !== null && 'date' in headers ? headers.date : undefined;
  const millis = typeof date === 'string' ? Date.parse(date) - Date.now() : NaN;
  return Number.isNaN(millis) ? undefined : millis;
}
