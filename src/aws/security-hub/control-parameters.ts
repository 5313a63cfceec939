import {
  BatchGetSecurityControlsCommand,
  SecurityHubClient,
  type ParameterConfiguration,
} from '@aws-sdk/client-securityhub';
import { AUTHORIZED_PORT_PARAMETERS } from '../../core/controls/authorized-ports';
import type { ControlParameter } from '../../core/controls/control-id';
import { failure, success } from '../../core/result';
import { placeKey, type Place } from '../../core/sweeping/place';
import type { ControlParameters, PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import type { MemberAccounts } from '../sts/member-credentials';
import { sessionsOf, type MemberSessions } from '../sts/member-sessions';

/**
 * Parameters of controls, read in the account and Region that they are set in: Security Hub answers about the caller's
 * own alone.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchGetSecurityControls.html
 */
export function createControlParameters(sessions: MemberSessions): ControlParameters {
  return {
    async fetchAuthorizedPorts(place, session) {
      const client = await sessions.clientFor(place, session, (configuration) => new SecurityHubClient(configuration));
      return client.ok ? fetchParameters(place, client.value) : client;
    },
  };
}

/** The same for who works on one account at a time, and keeps its latest session. */
export function createParametersOfAccount(accounts: MemberAccounts): ControlParameters {
  return createControlParameters(sessionsOf(() => accounts));
}

async function fetchParameters(place: Place, client: SecurityHubClient): PortResult<readonly ControlParameter[]> {
  const what = `The ports that EC2.18 authorizes in ${placeKey(place)} cannot be read`;
  const fetched = await attempt(what, () =>
    client.send(new BatchGetSecurityControlsCommand({ SecurityControlIds: ['EC2.18'] })),
  );
  client.destroy();
  if (!fetched.ok) return fetched;
  const control = fetched.value.SecurityControls?.find(({ SecurityControlId }) => SecurityControlId === 'EC2.18');
  if (control === undefined) {
    const { ErrorCode = '', ErrorReason = '' } = fetched.value.UnprocessedIds?.[0] ?? {};
    const cause = `${what}: ${ErrorCode}: ${ErrorReason}`;
    return failure({ code: 'unknown', retryable: false, cause });
  }
  return success(
    AUTHORIZED_PORT_PARAMETERS.flatMap((Name) => {
      const Value = portsIn(control.Parameters?.[Name]);
      return Value === undefined ? [] : { Name, Value };
    }),
  );
}

/**
 * One that is at its default may come without a value. What comes in a form that is not known is passed on as no port,
 * which is understood by nobody: it must not be taken for the default.
 */
function portsIn(parameter: ParameterConfiguration | undefined): readonly string[] | undefined {
  const { ValueType, Value } = parameter ?? {};
  if (Value === undefined) return ValueType === 'CUSTOM' ? ['unknown'] : undefined;
  if (Value.IntegerList !== undefined) return Value.IntegerList.map(String);
  if (Value.Integer !== undefined) return [String(Value.Integer)];
  if (Value.StringList !== undefined) return Value.StringList;
  return Value.String === undefined ? ['unknown'] : [Value.String];
}
