import { inspect, type Stage } from './stage';

/** Steps by which time passes: seconds first, hours at last. */
const STEP_SECONDS = [4, 4, 8, 15, 30, 60, 120, 300, 600, 600, 900, 1800, 1800, 3600, 3600, 7200] as const;

/** Lets time pass until nothing is under way, at least so long; false when it never comes to rest. */
export async function drive(stage: Pick<Stage, 'world'>, atLeastSeconds = 0): Promise<boolean> {
  let passed = 0;
  for (const seconds of STEP_SECONDS) {
    await stage.world.clock.advance(seconds * 1000);
    passed += seconds;
    if (passed >= atLeastSeconds && (await isQuiet(stage))) return true;
  }
  return false;
}

async function isQuiet(stage: Pick<Stage, 'world'>): Promise<boolean> {
  const executions = await inspect<readonly { readonly status: string }[]>(stage, 'lambda', 'executions');
  if (executions.some(({ status }) => status === 'RUNNING')) return false;
  const messages = await inspect<readonly { readonly queue: string }[]>(stage, 'sqs', 'messages');
  if (messages.some(({ queue }) => queue.endsWith('-Findings'))) return false;
  const runbooks = await inspect<readonly { readonly AutomationExecutionStatus?: string }[]>(
    stage,
    'ssm',
    'executions',
  );
  return !runbooks.some(({ AutomationExecutionStatus = '' }) =>
    /Progress|Pending|Waiting/.test(AutomationExecutionStatus),
  );
}
