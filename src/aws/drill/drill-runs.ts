import { GetAutomationExecutionCommand, SSMClient, StartAutomationExecutionCommand } from '@aws-sdk/client-ssm';
import { failure, success } from '../../core/result';
import type { Target } from '../../core/target';
import type { DrillGround } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { clientTokenOf } from '../identifiers';
import { toRunbookStart, withWholeLists } from '../ssm/runbook-parameters';
import { toRunbookStatus } from '../ssm/runbooks';
import { createMemberClients } from '../sts/member-clients';
import type { MemberAccounts } from '../sts/member-credentials';

export interface DrillRunsOptions {
  /** Of the deployment whose documents are run. */
  readonly prefix: string;
  /** The role of drills: it is what the runs act with, so that they reach what drills have made and nothing else. */
  readonly role: string;
  readonly session: string;
}

const DOING = 'A run of the drill cannot be started';

/** Runs of the deployment's own documents, started by the drill itself. */
export function createDrillRuns(
  accounts: MemberAccounts,
  place: Pick<Target, 'partition' | 'account' | 'region'>,
  { prefix, role, session }: DrillRunsOptions,
): Pick<DrillGround, 'fetchRun' | 'startRun'> {
  const clientFor = createMemberClients(accounts, (configuration) => new SSMClient(configuration));
  const where: Target = { ...place, kind: 'security-group', id: '' };
  const roleArn = `arn:${place.partition}:iam::${place.account}:role/${role}`;
  return {
    async startRun({ target, step, token, lists }) {
      const remediationId = 'rem-0000000000000000';
      // As an undo, which adds no tag of ours to what it authorizes.
      const wanted = toRunbookStart({ target, step, remediationId, runId: token, action: 'undo' }, roleArn);
      if (!wanted.ok) return failure({ code: 'invalid', retryable: false, cause: wanted.error, answer: '' });
      const { document, parameters: inMaps } = wanted.value;
      const parameters = (lists === 'whole-list' ? withWholeLists(inMaps) : undefined) ?? inMaps;
      const client = await clientFor(where, session);
      if (!client.ok) return failure({ ...client.error, answer: '' });
      const started = await attempt(DOING, () =>
        client.value.send(
          new StartAutomationExecutionCommand({
            DocumentName: `${prefix}-${document}`,
            ClientToken: clientTokenOf(token),
            Parameters: Object.fromEntries(Object.entries(parameters).map(([name, values]) => [name, [...values]])),
          }),
        ),
      );
      if (!started.ok) return failure({ ...started.error, answer: answerOf(started.error.cause) });
      const { AutomationExecutionId: id } = started.value;
      if (id !== undefined && id !== '') return success(id);
      return failure({ code: 'unknown', retryable: false, cause: 'SSM gave no execution id.', answer: 'no id' });
    },

    async fetchRun(id) {
      const client = await clientFor(where, session);
      if (!client.ok) return client;
      const read = await attempt(`Run ${id} cannot be read`, () =>
        client.value.send(new GetAutomationExecutionCommand({ AutomationExecutionId: id })),
      );
      if (!read.ok) return read;
      const { AutomationExecutionStatus: status, FailureMessage: message } = read.value.AutomationExecution ?? {};
      return success(toRunbookStatus(status, message));
    },
  };
}

/** The code that stands behind what was tried, in what {@link attempt} makes of an error. */
function answerOf(cause: string): string {
  return cause.slice(DOING.length + 2).split(':')[0] ?? '';
}
