import { drive } from './drive';
import { inspect, type Stage } from './stage';
import type { Subject } from './subject';
import { fetchTraces, type Traces } from './traces';
import type { Violation } from './violations';

/** Hours in which EventBridge and SQS give up, and move to the dead-letter queue what they cannot deliver. */
const PATIENCE_SECONDS = 26 * 3600;

/**
 * Everything that was asked for is answered where people look: on the finding, in the dead-letter queue, by the alarm
 * about the rule whose event reached not even that, or, where Security Hub does not take the answer, in the ledger with
 * the alarm that says so.
 */
export async function findLost(stage: Stage, subject: Subject, first: Traces): Promise<Violation[]> {
  const silent = await findSilent(stage, subject, first);
  if (silent.length === 0) return [];
  await stage.world.clock.advance(PATIENCE_SECONDS * 1000);
  await drive(stage);
  const later = await fetchTraces(
    stage,
    subject.target,
    silent.map(({ id }) => id),
  );
  return (await findSilent(stage, subject, later)).map(({ id, workflow }) => ({
    kind: 'lost',
    detail: `${id} is ${workflow}, and nothing says why`,
  }));
}

type FindingTrace = Traces['findings'][number];

async function findSilent(
  stage: Stage,
  { target, before }: Subject,
  { findings, records }: Traces,
): Promise<readonly FindingTrace[]> {
  const silent: FindingTrace[] = [];
  for (const finding of findings) {
    const isTold = finding.note !== (before.findings.find(({ id }) => id === finding.id)?.note ?? '');
    const isRecorded = records.some(({ notUpdated = [] }) => notUpdated.some(({ id }) => id === finding.id));
    if (isTold || (await isInDeadLetters(stage, finding.id, target.id))) continue;
    if (isRecorded && (await isCounted(stage, 'FindingUpdatesFailed'))) continue;
    if (await isLostWithAlarm(stage)) continue;
    silent.push(finding);
  }
  return silent;
}

/** Messages that nobody works on any more and that name what is searched for. */
async function isInDeadLetters(stage: Stage, ...names: readonly string[]): Promise<boolean> {
  const messages = await inspect<readonly { readonly queue: string; readonly body: string }[]>(
    stage,
    'sqs',
    'messages',
  );
  return messages.some(
    ({ queue, body }) => queue.endsWith('-DeadLetters') && names.some((name) => body.includes(name)),
  );
}

async function isCounted(stage: Stage, metric: string): Promise<boolean> {
  const metrics = await inspect<readonly { readonly name: string }[]>(stage, 'lambda', 'metrics');
  return metrics.some(({ name }) => name === metric);
}

/** Whether EventBridge could deliver an event not even to the dead-letter queue, and an alarm watches over the rule. */
async function isLostWithAlarm(stage: Stage): Promise<boolean> {
  const failed = await inspect<readonly { readonly ruleArn: string; readonly targetArn: string }[]>(
    stage,
    'events',
    'failedInvocations',
  );
  const lost = failed.filter(({ targetArn }) => targetArn.endsWith('-DeadLetters'));
  if (lost.length === 0) return false;
  const alarms = JSON.stringify(await inspect<unknown>(stage, 'monitoring', 'alarms'));
  return lost.every(({ ruleArn }) =>
    alarms.includes(`{"Name":"RuleName","Value":"${ruleArn.split('/').at(-1) ?? ''}"}`),
  );
}
