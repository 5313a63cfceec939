import { targetKey, type Target } from '../core/target';
import { parseMessage, type Intake, type QueueMessage } from './parse-message';
import type { Clock, DeadLetters, Hub, Ledger, Log, Metrics, Orchestrations, RemediationRequest } from './ports';
import { findingIdentity, routeFinding, type Route } from './route-finding';
import { tellProblem } from './tell-problem';

export interface DispatchPorts {
  readonly clock: Clock;
  readonly deadLetters: DeadLetters;
  readonly hub: Hub;
  readonly ledger: Ledger;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly orchestrations: Orchestrations;
}

export interface DispatchSettings {
  readonly closeActionArn: string;
  /** Consolidated control ids that are closed with nobody watching. */
  readonly automaticControls: readonly string[];
}

/**
 * Takes a batch of Security Hub events to the orchestrator: one request for each message and target, one execution for
 * each target. Whatever is not understood goes to the dead-letter queue with the reason, never to silence.
 *
 * @returns ids of the messages that must come again: something they need did not work this time.
 */
export async function dispatch(
  messages: readonly QueueMessage[],
  ports: DispatchPorts,
  settings: DispatchSettings,
): Promise<readonly string[]> {
  const comingAgain = new Set<string>();
  const again = (messageId: string, reason: string) => {
    comingAgain.add(messageId);
    ports.log.warn('Message comes again', { messageId, reason });
  };
  const reject = async (message: QueueMessage, reason: string) => {
    const saved = await ports.deadLetters.save({ body: message.body, reason });
    if (!saved.ok) {
      again(message.id, saved.error.cause);
      return;
    }
    ports.log.error('Event rejected', { messageId: message.id, reason });
    ports.metrics.count('EventsRejected');
  };

  const intakes: Intake[] = [];
  for (const message of messages) {
    const intake = parseMessage(message, settings.closeActionArn);
    if (intake.ok) intakes.push(intake.value);
    else await reject(message, intake.error);
  }
  if (intakes.length === 0) return [...comingAgain];

  // Trust the hub, not the event: a forged or stale event must not start anything. Only the ids are taken from it.
  const current = await ports.hub.fetchFindings(intakes.flatMap(({ findings }) => findings));
  if (!current.ok) {
    for (const { message } of intakes) again(message.id, current.error.cause);
    return [...comingAgain];
  }
  const known = new Map(current.value.map((finding) => [findingIdentity(finding), finding]));

  const targets = new Map<string, { readonly target: Target; readonly requests: RemediationRequest[] }>();
  for (const intake of intakes) {
    const routes = intake.findings.map((key) => routeFinding(key, known, intake.trigger, settings.automaticControls));
    for (const route of routes) {
      if (route.kind !== 'skip') continue;
      ports.metrics.count('FindingsSkipped');
      ports.log.info('Finding needs no work', { findingId: route.finding.id, reason: route.reason });
    }
    for (const route of routes) {
      if (route.kind !== 'tell') continue;
      const told = await tellProblem(route, ports.hub);
      if (!told.ok) again(intake.message.id, told.error.cause);
      else ports.log.info('Finding cannot be closed', { findingId: route.finding.id, reason: route.problem });
    }
    const reasons = new Set(routes.flatMap((route) => (route.kind === 'reject' ? route.reason : [])));
    if (reasons.size > 0) await reject(intake.message, [...reasons].join(' '));
    addRequests(intake, routes, targets);
  }

  for (const { target, requests } of targets.values()) {
    const failed = await startRemediation(target, requests, ports);
    if (failed !== undefined) for (const { id } of requests) again(id, failed);
  }
  return [...comingAgain];
}

function addRequests(
  { message, trigger, decidedBy }: Intake,
  routes: readonly Route[],
  targets: Map<string, { readonly target: Target; readonly requests: RemediationRequest[] }>,
): void {
  const byTarget = new Map<string, { readonly target: Target; readonly controls: Set<string>; readonly findings: RemediationRequest['findings'][number][] }>();
  for (const route of routes) {
    if (route.kind !== 'remediate') continue;
    const key = targetKey(route.target);
    const group = byTarget.get(key) ?? { target: route.target, controls: new Set(), findings: [] };
    group.findings.push({ id: route.finding.id, productArn: route.finding.productArn });
    group.controls.add(route.control);
    byTarget.set(key, group);
  }
  for (const [key, { target, controls, findings }] of byTarget) {
    const entry = targets.get(key) ?? { target, requests: [] };
    const decision = trigger === 'automatic' ? `policy: ${[...controls].join(', ')} automatic` : decidedBy;
    entry.requests.push({ id: message.id, trigger, decidedBy: decision, findings });
    targets.set(key, entry);
  }
}

/** Requests first, then the arrival that makes an execution read them, then the execution. Why it failed, if it did. */
async function startRemediation(
  target: Target,
  requests: readonly RemediationRequest[],
  { ledger, clock, orchestrations, log }: DispatchPorts,
): Promise<string | undefined> {
  for (const request of requests) {
    const saved = await ledger.saveRequest(target, request);
    if (!saved.ok) return saved.error.cause;
  }
  const announced = await ledger.announceArrival(target, clock.now());
  if (!announced.ok) return announced.error.cause;
  const { generation } = announced.value;
  const started = await orchestrations.start({ target, generation });
  if (!started.ok) return started.error.cause;
  log.info('Remediation requested', { target: targetKey(target), generation, requests: requests.length });
  return undefined;
}
