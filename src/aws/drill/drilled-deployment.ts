import { failure, success } from '../../core/result';
import type { Target } from '../../core/target';
import * as z from '../../core/zod-mini';
import type { DrillCommand, DrilledDeployment, FindingsByIds, Ledger, PortResult } from '../../flow/ports';
import type { CommandsClient } from '../execute-api/commands-client';
import { clientTokenOf } from '../identifiers';

/** A deployment as people in the hub account reach it: they ask and read. */
export interface DeploymentAccess {
  readonly commands: CommandsClient;
  readonly hub: FindingsByIds;
  readonly ledger: Pick<
    Ledger,
    'fetchCertificatesOf' | 'fetchRemediation' | 'fetchRemediationsOf' | 'fetchRequestState'
  >;
}

const target: z.ZodMiniType<Target> = z.object({
  kind: z.enum(['security-group', 'network-acl']),
  partition: z.string(),
  account: z.string(),
  region: z.string(),
  id: z.string(),
});

const asked = z.object({
  requests: z.array(
    z.object({ target, requestId: z.string(), status: z.string(), reason: z.exactOptional(z.string()) }),
  ),
});

const refused = z.object({ error: z.string() });

/** The deployment that a drill has close and undo, by the way that `portcullis remediate` and `undo` take. */
export function createDrilledDeployment({ commands, hub, ledger }: DeploymentAccess): DrilledDeployment {
  return {
    async fetchFinding(id) {
      const found = await hub.fetchFindingsByIds([id]);
      return found.ok ? success(found.value[0]) : found;
    },
    ask: (command, key) => ask(command, key, commands),
    fetchRequestState: (of, requestId) => ledger.fetchRequestState(of, requestId),
    fetchRemediation: (remediationId) => ledger.fetchRemediation(remediationId),
    fetchRemediations: (of) => ledger.fetchRemediationsOf(of),
    fetchCertificates: (of) => ledger.fetchCertificatesOf(of),
  };
}

async function ask(
  command: DrillCommand,
  key: string,
  commands: CommandsClient,
): PortResult<{ readonly target: Target; readonly requestId: string }> {
  const reply = await commands.ask({ ...command, askId: clientTokenOf(key) });
  if (!reply.ok) return reply;
  const { status, body } = reply.value;
  const [request] = (status === 200 ? asked.safeParse(body).data?.requests : undefined) ?? [];
  if (request?.status === 'asked') return success({ target: request.target, requestId: request.requestId });
  const cause =
    request?.reason ??
    refused.safeParse(body).data?.error ??
    'What the commands function answered is not understood; is it of another version?';
  return failure({ code: status === 400 ? 'invalid' : 'unknown', retryable: status >= 500, cause });
}
