import type { CommandsResources } from '../../aws/adapters/commands-adapters';
import type { DispatcherResources } from '../../aws/adapters/dispatcher-adapters';
import type { OrchestratorResources } from '../../aws/adapters/orchestrator-adapters';
import { CONTROL_IDS } from '../../core/controls/control-id';
import type { Policy } from '../../core/policy/policy-entry';
import * as z from '../../core/zod-mini';
import type { ActionArns } from '../../flow/intake/parse-message';
import { json, parseSettings, text, type Environment } from './parse-settings';
import { watchSetting, type WatchSettings } from './watch-settings';
import { grantSettingsSchema } from './grant-settings';
import { policyFileSchema } from './policy-file-schema';
import { policyMark } from './policy-mark-setting';
import { dashboard, securityHub } from './setting-schemas';
import { POLICY_FILE } from '../../core/configuration/bundled-files';
import { scheduleSettings, toScheduleResources } from './schedule-settings';

const common = {
  PORTCULLIS_PREFIX: text,
  PORTCULLIS_LEDGER_TABLE: text,
  PORTCULLIS_SECURITY_HUB: securityHub,
};

/** An alias or version at the end: durable executions cannot be started otherwise. */
const qualifiedFunctionArn = z
  .string()
  .check(
    z.regex(/^arn:[^:]+:lambda:[^:]+:\d{12}:function:[^:]+:[^:]+$/, 'must be a function ARN with an alias or version'),
  );

const customActionArn = z.string().check(z.regex(/^arn:[^:]+:securityhub:/, 'must be the ARN of the custom action'));

// Schemas are made when they are needed, since making them is a good part of a cold start, and each function needs its
// own only.

const scheduledSweepsSchema = () =>
  z.strictObject({
    sweeperArn: qualifiedFunctionArn,
    regions: z.array(text).check(z.minLength(1)),
    controls: z.array(z.enum(CONTROL_IDS)).check(z.minLength(1)),
  });

const dispatcherSchema = () =>
  z.object({
    ...common,
    PORTCULLIS_ORCHESTRATOR_ARN: qualifiedFunctionArn,
    PORTCULLIS_DEAD_LETTER_QUEUE_URL: z.url(),
    PORTCULLIS_BUS_NAME: text,
    PORTCULLIS_CLOSE_ACTION_ARN: customActionArn,
    PORTCULLIS_PREVIEW_ACTION_ARN: customActionArn,
    PORTCULLIS_UNDO_ACTION_ARN: customActionArn,
    PORTCULLIS_ACCEPT_ACTION_ARN: customActionArn,
    /** Missing where nothing is isolated. */
    PORTCULLIS_ISOLATE_ACTION_ARN: z.exactOptional(customActionArn),
    /** Comma-separated; empty when nothing is closed automatically. */
    PORTCULLIS_AUTOMATIC_CONTROLS: z.pipe(z.pipe(z.string(), z.transform(splitList)), z.array(z.enum(CONTROL_IDS))),
    /** Missing where nothing is swept by schedule. */
    PORTCULLIS_SCHEDULED_SWEEPS: z.exactOptional(z.pipe(json, scheduledSweepsSchema())),
  });

const commandsSchema = () =>
  z.object({
    ...common,
    PORTCULLIS_ORCHESTRATOR_ARN: qualifiedFunctionArn,
    /** URLs by channel; missing where none is configured. */
    PORTCULLIS_CHANNEL_QUEUES: z._default(z.pipe(json, z.record(z.string(), z.url())), {}),
    /** Missing where no channel is configured. */
    PORTCULLIS_NOTIFIER_ARN: z.exactOptional(text),
    PORTCULLIS_SWEEPER_ARN: qualifiedFunctionArn,
    ...scheduleSettings,
    PORTCULLIS_BUS_NAME: text,
    /** Comma-separated. */
    PORTCULLIS_REGIONS: z.pipe(z.pipe(z.string(), z.transform(splitList)), z.array(text).check(z.minLength(1))),
    PORTCULLIS_EXCEPTION_MAX_DAYS: z.pipe(
      z.string().check(z.regex(/^[1-9]\d{0,3}$/, 'must be a number of days')),
      z.transform(Number),
    ),
    /** Missing where nothing may be opened for a while. */
    PORTCULLIS_GRANTS: z.exactOptional(z.pipe(json, grantSettingsSchema())),
  });

const orchestratorSchema = () =>
  z.object({
    ...common,
    PORTCULLIS_BUS_NAME: text,
    PORTCULLIS_MEMBER_ROLE: text,
    PORTCULLIS_RUNBOOK_ROLE: text,
    /** Of the member stack that goes with this hub. */
    PORTCULLIS_MEMBER_VERSION: text,
    PORTCULLIS_DASHBOARD: dashboard,
    PORTCULLIS_POLICY_MARK: policyMark,
    ...scheduleSettings,
    [POLICY_FILE]: z.pipe(json, policyFileSchema()),
    PORTCULLIS_WATCH: watchSetting,
  });

function splitList(list: string): readonly string[] {
  return list.split(',').flatMap((item) => (item.trim() === '' ? [] : item.trim()));
}

export interface DispatcherSettings extends DispatcherResources {
  readonly actionArns: ActionArns;
  readonly automaticControls: readonly string[];
}

/** Without what the policy says. */
export interface OrchestratorSettings extends Omit<OrchestratorResources, 'units' | 'readingSeconds' | 'watch'> {
  readonly policy: Policy;
  readonly watch?: WatchSettings;
}

/** @throws Error that lists everything that is wrong: the function must not start half configured. */
export function parseDispatcherSettings(environment: Environment): DispatcherSettings {
  const values = parseSettings(dispatcherSchema(), environment);
  return {
    prefix: values.PORTCULLIS_PREFIX,
    ledgerTable: values.PORTCULLIS_LEDGER_TABLE,
    securityHub: values.PORTCULLIS_SECURITY_HUB,
    orchestratorArn: values.PORTCULLIS_ORCHESTRATOR_ARN,
    deadLetterQueueUrl: values.PORTCULLIS_DEAD_LETTER_QUEUE_URL,
    busName: values.PORTCULLIS_BUS_NAME,
    actionArns: {
      close: values.PORTCULLIS_CLOSE_ACTION_ARN,
      preview: values.PORTCULLIS_PREVIEW_ACTION_ARN,
      undo: values.PORTCULLIS_UNDO_ACTION_ARN,
      accept: values.PORTCULLIS_ACCEPT_ACTION_ARN,
      ...(values.PORTCULLIS_ISOLATE_ACTION_ARN === undefined ? {} : { isolate: values.PORTCULLIS_ISOLATE_ACTION_ARN }),
    },
    automaticControls: values.PORTCULLIS_AUTOMATIC_CONTROLS,
    ...(values.PORTCULLIS_SCHEDULED_SWEEPS === undefined
      ? {}
      : { scheduledSweeps: values.PORTCULLIS_SCHEDULED_SWEEPS }),
  };
}

/** @throws Error that lists everything that is wrong: the function must not start half configured. */
export function parseCommandsSettings(environment: Environment): CommandsResources {
  const values = parseSettings(commandsSchema(), environment);
  return {
    prefix: values.PORTCULLIS_PREFIX,
    ledgerTable: values.PORTCULLIS_LEDGER_TABLE,
    securityHub: values.PORTCULLIS_SECURITY_HUB,
    orchestratorArn: values.PORTCULLIS_ORCHESTRATOR_ARN,
    channelQueues: values.PORTCULLIS_CHANNEL_QUEUES,
    ...(values.PORTCULLIS_NOTIFIER_ARN === undefined ? {} : { notifierArn: values.PORTCULLIS_NOTIFIER_ARN }),
    sweeperArn: values.PORTCULLIS_SWEEPER_ARN,
    busName: values.PORTCULLIS_BUS_NAME,
    regions: values.PORTCULLIS_REGIONS,
    exceptionMaxDays: values.PORTCULLIS_EXCEPTION_MAX_DAYS,
    ...(values.PORTCULLIS_GRANTS === undefined ? {} : { grants: values.PORTCULLIS_GRANTS }),
    schedules: toScheduleResources(values),
  };
}

/** @throws Error that lists everything that is wrong: the function must not start half configured. */
export function parseOrchestratorSettings(environment: Environment, policyFile: string): OrchestratorSettings {
  const values = parseSettings(orchestratorSchema(), { ...environment, [POLICY_FILE]: policyFile });
  return {
    prefix: values.PORTCULLIS_PREFIX,
    ledgerTable: values.PORTCULLIS_LEDGER_TABLE,
    securityHub: values.PORTCULLIS_SECURITY_HUB,
    busName: values.PORTCULLIS_BUS_NAME,
    memberRole: values.PORTCULLIS_MEMBER_ROLE,
    runbookRole: values.PORTCULLIS_RUNBOOK_ROLE,
    memberVersion: values.PORTCULLIS_MEMBER_VERSION,
    hasDashboard: values.PORTCULLIS_DASHBOARD !== undefined,
    schedules: toScheduleResources(values),
    policy: values[POLICY_FILE],
    policyMark: values.PORTCULLIS_POLICY_MARK,
    ...(values.PORTCULLIS_WATCH === undefined ? {} : { watch: values.PORTCULLIS_WATCH }),
  };
}
