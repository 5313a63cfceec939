import * as z from 'zod';
import { CONTROL_IDS } from '../core/controls/control-id';
import type { PlanPolicy } from '../core/planning/plan-policy';
import type { ActionArns } from '../flow/parse-message';

const common = {
  PORTCULLIS_PREFIX: z.string().min(1),
  PORTCULLIS_LEDGER_TABLE: z.string().min(1),
};

/** An alias or version at the end: durable executions cannot be started otherwise. */
const qualifiedFunctionArn = z
  .string()
  .regex(/^arn:[^:]+:lambda:[^:]+:\d{12}:function:[^:]+:[^:]+$/, 'must be a function ARN with an alias or version');

const customActionArn = z.string().regex(/^arn:[^:]+:securityhub:/, 'must be the ARN of the custom action');

// Schemas are made when they are needed, since making them is a good part of a cold start, and each function needs its own only.

const dispatcherSchema = () =>
  z.object({
    ...common,
    PORTCULLIS_ORCHESTRATOR_ARN: qualifiedFunctionArn,
    PORTCULLIS_DEAD_LETTER_QUEUE_URL: z.url(),
    PORTCULLIS_CLOSE_ACTION_ARN: customActionArn,
    PORTCULLIS_PREVIEW_ACTION_ARN: customActionArn,
    PORTCULLIS_UNDO_ACTION_ARN: customActionArn,
    /** Comma-separated; empty when nothing is closed automatically. */
    PORTCULLIS_AUTOMATIC_CONTROLS: z
      .string()
      .transform((text) => text.split(',').flatMap((id) => (id.trim() === '' ? [] : id.trim())))
      .pipe(z.array(z.enum(CONTROL_IDS))),
  });

function planPolicySchema() {
  const port = z.int().min(0).max(65_535);
  const portRanges = z.array(z.object({ from: port, to: port }));

  const strategy = z.enum(['close', 'revoke', 'restrict']);

  return z.strictObject({
    strategy,
    publicPorts: z.object({ tcp: portRanges, udp: portRanges }),
    ruleQuota: z.int().positive(),
    expandPrefixLists: z.boolean().exactOptional(),
    trustedSources: z.object({ cidrs: z.array(z.string()) }).exactOptional(),
    overrides: z
      .array(
        z.object({
          controls: z.array(z.enum(CONTROL_IDS)).exactOptional(),
          accounts: z.array(z.string()).exactOptional(),
          tags: z.array(z.object({ key: z.string(), value: z.string().exactOptional() })).exactOptional(),
          strategy,
        }),
      )
      .exactOptional(),
    keepProtocols: z.array(z.string()).exactOptional(),
    networkAclEntryQuota: z.int().positive().exactOptional(),
    undoMaxAgeDays: z.int().positive().exactOptional(),
  }) satisfies z.ZodType<PlanPolicy>;
}

const orchestratorSchema = () =>
  z.object({
    ...common,
    PORTCULLIS_BUS_NAME: z.string().min(1),
    PORTCULLIS_MEMBER_ROLE: z.string().min(1),
    PORTCULLIS_RUNBOOK_ROLE: z.string().min(1),
    PORTCULLIS_POLICY: z
      .string()
      .transform((text, context): unknown => {
        try {
          return JSON.parse(text);
        } catch {
          context.addIssue({ code: 'custom', message: 'must be JSON' });
          return z.NEVER;
        }
      })
      .pipe(planPolicySchema()),
  });

export interface DispatcherSettings {
  readonly ledgerTable: string;
  readonly orchestratorArn: string;
  readonly deadLetterQueueUrl: string;
  readonly actionArns: ActionArns;
  readonly automaticControls: readonly string[];
}

export interface OrchestratorSettings {
  readonly prefix: string;
  readonly ledgerTable: string;
  readonly busName: string;
  readonly memberRole: string;
  readonly runbookRole: string;
  readonly policy: PlanPolicy;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws Error that lists everything that is wrong: the function must not start half configured. */
export function parseDispatcherSettings(environment: Environment): DispatcherSettings {
  const values = parse(dispatcherSchema(), environment);
  return {
    ledgerTable: values.PORTCULLIS_LEDGER_TABLE,
    orchestratorArn: values.PORTCULLIS_ORCHESTRATOR_ARN,
    deadLetterQueueUrl: values.PORTCULLIS_DEAD_LETTER_QUEUE_URL,
    actionArns: {
      close: values.PORTCULLIS_CLOSE_ACTION_ARN,
      preview: values.PORTCULLIS_PREVIEW_ACTION_ARN,
      undo: values.PORTCULLIS_UNDO_ACTION_ARN,
    },
    automaticControls: values.PORTCULLIS_AUTOMATIC_CONTROLS,
  };
}

/** @throws Error that lists everything that is wrong: the function must not start half configured. */
export function parseOrchestratorSettings(environment: Environment): OrchestratorSettings {
  const values = parse(orchestratorSchema(), environment);
  return {
    prefix: values.PORTCULLIS_PREFIX,
    ledgerTable: values.PORTCULLIS_LEDGER_TABLE,
    busName: values.PORTCULLIS_BUS_NAME,
    memberRole: values.PORTCULLIS_MEMBER_ROLE,
    runbookRole: values.PORTCULLIS_RUNBOOK_ROLE,
    policy: values.PORTCULLIS_POLICY,
  };
}

function parse<Output>(schema: z.ZodType<Output>, environment: Environment): Output {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  throw new Error(`The function's environment variables are wrong:\n${z.prettifyError(parsed.error)}`);
}
