import {
  GetAutomationExecutionCommand,
  SSMClient,
  StartAutomationExecutionCommand,
  type StartAutomationExecutionResult,
} from '@aws-sdk/client-ssm';
import { failure, success, type Result } from '../../core/result';
import { targetArn, type Target } from '../../core/target';
import type { MemberVersions, PortFailure, Runbooks, RunbookStarted, RunbookStatus } from '../../flow/ports';
import { attempt, isTransientErrorName } from '../aws-failure';
import { rateLimitedCalls } from '../client-settings';
import { clientTokenOf } from '../identifiers';
import { createMemberClients } from '../sts/member-clients';
import type { MemberAccounts } from '../sts/member-credentials';
import type { RunbookParameters } from './runbook-form';
import { toRunbookStart, withWholeLists } from './runbook-parameters';
import { toRunbookReport } from './to-runbook-report';

/**
 * Documents in the target's own account and Region, started with the session of the member role.
 *
 * @param versions who knows whether the member stack is of the hub's version, where a run cannot be started; without it
 *   nobody looks
 */
export function createRunbooks(
  accounts: MemberAccounts,
  settings: { readonly prefix: string; readonly runbookRole: string },
  versions?: MemberVersions,
): Runbooks {
  const clientFor = createMemberClients(
    accounts,
    (configuration) => new SSMClient({ ...configuration, ...rateLimitedCalls }),
  );

  return {
    async start(run) {
      const { target } = run;
      const role = `arn:${target.partition}:iam::${target.account}:role/${settings.runbookRole}`;
      const wanted = toRunbookStart(run, role);
      if (!wanted.ok) return failure({ code: 'invalid', retryable: false, cause: wanted.error });
      const document = `${settings.prefix}-${wanted.value.document}`;
      const client = await clientFor(target, run.remediationId);
      if (!client.ok) return client;
      const send = (parameters: RunbookParameters, token: string) =>
        attempt(`Runbook ${document} cannot be started on ${targetArn(target)}`, () =>
          client.value.send(
            new StartAutomationExecutionCommand({
              DocumentName: document,
              ClientToken: clientTokenOf(token),
              Parameters: Object.fromEntries(Object.entries(parameters).map(([name, values]) => [name, [...values]])),
            }),
          ),
        );
      let started = await send(wanted.value.parameters, run.runId);
      const otherReading = withWholeLists(wanted.value.parameters);
      if (!started.ok && started.error.code === 'invalid' && otherReading !== undefined) {
        // Should the first have started after all, EC2 refuses the second: what is there cannot be added or taken
        // twice.
        const again = await send(otherReading, `${run.runId} whole lists`);
        if (again.ok) started = again;
      }
      if (started.ok) return success(toStarted(started.value, document));
      const { error } = started;
      const other = MAY_BE_OLD.has(error.code) ? await versions?.describeOther(target, run.remediationId) : undefined;
      return toNotStarted(other === undefined ? error : { ...error, cause: `${other} ${error.cause}` }, target);
    },

    async getStatus(run, executionId) {
      const client = await clientFor(run.target, run.remediationId);
      if (!client.ok) return client;
      const execution = await attempt(`Runbook execution ${executionId} cannot be read`, () =>
        client.value.send(new GetAutomationExecutionCommand({ AutomationExecutionId: executionId })),
      );
      if (!execution.ok) return execution;
      const { AutomationExecutionStatus: status, FailureMessage: message } = execution.value.AutomationExecution ?? {};
      return success(toRunbookStatus(status, message));
    },

    async report(run, executionId) {
      const client = await clientFor(run.target, run.remediationId);
      if (!client.ok) return client;
      const execution = await attempt(`Runbook execution ${executionId} cannot be read`, () =>
        client.value.send(new GetAutomationExecutionCommand({ AutomationExecutionId: executionId })),
      );
      return execution.ok ? success(toRunbookReport(execution.value.AutomationExecution, run.target.id)) : execution;
    },
  };
}

function toStarted(
  { AutomationExecutionId: executionId }: StartAutomationExecutionResult,
  document: string,
): RunbookStarted {
  return executionId ? { executionId } : { doubt: `SSM gave no execution id for runbook ${document}.` };
}

/** What a member stack of another version may answer to a start. */
const MAY_BE_OLD: ReadonlySet<PortFailure['code']> = new Set(['not-found', 'access-denied', 'invalid']);

/**
 * A start that says nothing of whether the run was started may repeat one whose answer was lost: what SSM answers to
 * that is documented nowhere. Only a denied call, a document that is not there and transient failures say that this
 * one started nothing.
 */
function toNotStarted(error: PortFailure, { account, region }: Target): Result<RunbookStarted, PortFailure> {
  const where = `The member stack in ${account}/${region} is older than the hub`;
  switch (error.code) {
    case 'not-found':
      return failure({ ...error, cause: `${where}, or is missing: deploy it again. ${error.cause}` });
    case 'access-denied':
      return failure({ ...error, cause: `${where}, or a policy there forbids it: deploy it again. ${error.cause}` });
    case 'region-disabled':
    case 'throttled':
    case 'unavailable':
      return failure(error);
    case 'conflict':
      // The token was used: the run is under way.
      return success({});
    case 'invalid':
      return success({ doubt: `${where}, or its runbook was changed: deploy it again. ${error.cause}` });
    case 'too-large':
    case 'unknown':
      return success({ doubt: error.cause });
  }
}

/** How SSM and botocore say that the service gave no answer in time, or none at all. */
const NO_ANSWER = /timed?[ -]?out|Could not connect|Connection (was closed|reset|broken)|EndpointConnectionError/i;

const RUNNING = new Set(['InProgress', 'Waiting', 'Cancelling', 'PendingApproval', 'Scheduled']);

/**
 * How an execution stands, by SSM's `AutomationExecutionStatus`; whatever is neither success nor running has failed.
 */
export function toRunbookStatus(status: string | undefined, message: string | undefined): RunbookStatus {
  if (status === 'Success') return { kind: 'succeeded' };
  if (status === 'Pending') return { kind: 'running', isQueued: true };
  if (status !== undefined && RUNNING.has(status)) return { kind: 'running' };
  const reason = `${status ?? 'Unknown'}: ${message ?? 'SSM gives no reason'}`.replace(/\s+/g, ' ').slice(0, 400);
  // botocore's sentence: "An error occurred (InvalidPermission.NotFound) when calling the … operation: …"
  const code = /\(([A-Za-z]+(?:\.[A-Za-z]+)?)\) when calling/.exec(message ?? '')?.[1];
  // Whoever cancels a run does not want it started again; a run that ends without an answer of the service may work
  // next time.
  const isTransient = code === undefined ? status === 'TimedOut' || NO_ANSWER.test(reason) : isTransientErrorName(code);
  return {
    kind: 'failed',
    ...(code === undefined ? {} : { code }),
    reason,
    ...(isTransient && status !== 'Cancelled' ? { isTransient } : {}),
  };
}
