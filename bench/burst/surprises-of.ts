import * as z from 'zod';
import type { PortcullisSandbox } from '../../src/cli/sandbox/deploy-portcullis';
import type { Burst } from './make-burst';

const findingsSchema = z.array(
  z.object({
    Id: z.string(),
    Workflow: z.object({ Status: z.string() }),
    UserDefinedFields: z.record(z.string(), z.string()).optional(),
  }),
);
const executionsSchema = z.array(
  z.object({ AutomationExecutionStatus: z.string(), Parameters: z.object({ SecurityGroupId: z.array(z.string()) }) }),
);
const messagesSchema = z.array(z.object({ queue: z.string(), body: z.string() }));
const durableSchema = z.array(z.object({ name: z.string(), status: z.string() }));

/** Messages and durable executions that are still to be processed. */
export function underWay(sandbox: PortcullisSandbox): { readonly messages: number; readonly executions: number } {
  const waiting = messagesSchema.parse(inspect(sandbox, 'sqs', 'messages'));
  const executions = durableSchema.parse(inspect(sandbox, 'lambda', 'executions'));
  return {
    messages: waiting.filter(({ queue }) => queue.endsWith('-Findings')).length,
    executions: executions.filter(({ status }) => status === 'RUNNING').length,
  };
}

/** What is not as a burst must leave it; empty when nothing was lost, done twice or left open. */
export function surprisesOf(
  sandbox: PortcullisSandbox,
  { targets, findings }: Burst,
  closings: number,
): readonly string[] {
  const surprises: string[] = [];
  const expect = (what: string, actual: number, expected: number): void => {
    if (actual !== expected) surprises.push(`${what}: ${String(actual)} instead of ${String(expected)}`);
  };
  const ids = new Set(findings.map(({ Id }) => Id));
  const held = findingsSchema.parse(inspect(sandbox, 'securityhub', 'findings')).filter(({ Id }) => ids.has(Id));
  const open = new Set(held.filter(({ Workflow }) => Workflow.Status !== 'RESOLVED').map(({ Id }) => Id));
  expect('findings resolved', ids.size - open.size, findings.length);
  const named = held.filter(({ UserDefinedFields }) => UserDefinedFields?.['PortcullisRemediationId'] !== undefined);
  expect('findings that name their remediation', new Set(named.map(({ Id }) => Id)).size, findings.length);

  const runs = executionsSchema.parse(inspect(sandbox, 'ssm', 'executions'));
  expect('runbook runs', runs.length, targets.length);
  expect(
    'targets with a run',
    new Set(runs.flatMap(({ Parameters }) => Parameters.SecurityGroupId)).size,
    targets.length,
  );
  expect('successful runs', runs.filter((run) => run.AutomationExecutionStatus === 'Success').length, targets.length);

  const dead = messagesSchema.parse(inspect(sandbox, 'sqs', 'messages'));
  expect('messages left in queues', dead.length, 0);
  const executions = durableSchema.parse(inspect(sandbox, 'lambda', 'executions'));
  expect('failed executions', executions.filter(({ status }) => status !== 'SUCCEEDED').length, 0);
  expect('closings in the ledger', closings, targets.length);
  return surprises;
}

/** What a service of the sandbox reports of itself. @throws Error when it does not answer that question */
export function inspect({ world }: PortcullisSandbox, service: string, question: string): unknown {
  const answer = world.service(service).inspect?.[question];
  if (answer === undefined) throw new Error(`The sandbox's ${service} does not answer "${question}".`);
  return answer(undefined);
}
