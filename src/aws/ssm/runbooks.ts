import { GetAutomationExecutionCommand, SSMClient, StartAutomationExecutionCommand } from '@aws-sdk/client-ssm';
import { toDeploymentNames } from '../../core/configuration/deployment-names';
import { failure, success } from '../../core/result';
import { targetArn } from '../../core/target';
import type { Runbooks, RunbookStatus } from '../../flow/ports';
import { attempt, isTransientErrorName } from '../aws-failure';
import { scarceCalls } from '../client-settings';
import { clientTokenOf } from '../identifiers';
import { createMemberClients } from '../sts/member-clients';
import type { MemberAccounts } from '../sts/member-credentials';
import { toRunbookDocument } from './runbook-document';
import { toRunbookParameters } from './runbook-parameters';
import { toRunbookReport } from './to-runbook-report';

/** Documents in the target's own account and Region, started with the session of the member role. */
export function createRunbooks(
  accounts: MemberAccounts,
  settings: { readonly prefix: string; readonly runbookRole: string },
): Runbooks {
  const { documents } = toDeploymentNames(settings.prefix);
  const clientFor = createMemberClients(
    accounts,
    (configuration) => new SSMClient({ ...configuration, ...scarceCalls }),
  );

  return {
    async start(run) {
      const { target } = run;
      const role = `arn:${target.partition}:iam::${target.account}:role/${settings.runbookRole}`;
      const parameters = toRunbookParameters(run, role);
      if (!parameters.ok) return failure({ code: 'invalid', retryable: false, cause: parameters.error });
      const document = documents[toRunbookDocument(run)];
      const client = await clientFor(target, run.remediationId);
      if (!client.ok) return client;
      const started = await attempt(`Runbook ${document} cannot be started on ${targetArn(target)}`, () =>
        client.value.send(
          new StartAutomationExecutionCommand({
            DocumentName: document,
            ClientToken: clientTokenOf(run.runId),
            Parameters: Object.fromEntries(
              Object.entries(parameters.value).map(([name, values]) => [name, [...values]]),
            ),
          }),
        ),
      );
      if (!started.ok) return started;
      const executionId = started.value.AutomationExecutionId;
      if (executionId) return success({ executionId });
      return failure({ code: 'unknown', retryable: false, cause: `SSM gave no execution id for runbook ${document}.` });
    },

    async explain(run, executionId) {
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

/** How SSM and botocore say that the service gave no answer in time, or none at all. */
const NO_ANSWER = /timed?[ -]?out|Could not connect|Connection (was closed|reset|broken)|EndpointConnectionError/i;

const RUNNING = new Set(['Pending', 'InProgress', 'Waiting', 'Cancelling', 'PendingApproval', 'Scheduled']);

export function toRunbookStatus(status: string | undefined, message: string | undefined): RunbookStatus {
  if (status === 'Success') return { kind: 'succeeded' };
  if (status !== undefined && RUNNING.has(status)) return { kind: 'running' };
  const reason = `${status ?? 'Unknown'}: ${message ?? 'SSM gives no reason'}`.replace(/\s+/g, ' ').slice(0, 400);
  // botocore's sentence: "An error occurred (InvalidPermission.NotFound) when calling the … operation: …"
  const code = /\(([A-Za-z]+(?:\.[A-Za-z]+)?)\) when calling/.exec(message ?? '')?.[1];
  // Whoever cancels a run does not want it started again; a run that ends without an answer of the service may work next time.
  const isTransient = code === undefined ? status === 'TimedOut' || NO_ANSWER.test(reason) : isTransientErrorName(code);
  return {
    kind: 'failed',
    ...(code === undefined ? {} : { code }),
    reason,
    ...(isTransient && status !== 'Cancelled' ? { isTransient } : {}),
  };
}
