import { groupRequests, type RoutedIntake } from './group-requests';
import { parseMessage, type ActionArns, type Intake, type QueueMessage } from './parse-message';
import type { DeadLetters, Hub, Metrics, PortFailure } from './ports';
import { findingIdentity, routeFinding, type Route } from './route-finding';
import { startRemediation, type StartPorts } from './start-remediation';
import { tellProblem } from './tell-problem';

export interface DispatchPorts extends StartPorts {
  readonly deadLetters: DeadLetters;
  readonly hub: Hub;
  readonly metrics: Metrics;
}

export interface DispatchSettings {
  readonly actionArns: ActionArns;
  /** Consolidated ids of the controls that are closed with nobody watching, at this moment. */
  readonly automaticControls: readonly string[];
}

/**
 * Takes a batch of Security Hub events to the orchestrator. What is not understood goes to the dead-letter queue with
 * the reason, never to silence; what did not work this time comes again. Every part of it may be repeated.
 *
 * @returns ids of the messages that must come again.
 */
export async function dispatch(
  messages: readonly QueueMessage[],
  ports: DispatchPorts,
  settings: DispatchSettings,
): Promise<readonly string[]> {
  const comingAgain = new Set<string>();
  const again = (messageId: string, { cause, code }: PortFailure) => {
    comingAgain.add(messageId);
    ports.log.warn('Message comes again', { messageId, code, cause });
  };

  const intakes: Intake[] = [];
  for (const message of messages) {
    const intake = parseMessage(message, settings.actionArns);
    if (intake.ok) intakes.push(intake.value);
    else await reject(message, intake.error, ports, again);
  }

  const routed = await routeFindings(intakes, ports, settings, again);
  for (const { intake, routes } of routed) await answer(intake, routes, ports, again);
  for (const requested of groupRequests(routed)) {
    const started = await startRemediation(requested, ports);
    if (!started.ok) for (const messageId of requested.messageIds) again(messageId, started.error);
  }
  return [...comingAgain];
}

type Again = (messageId: string, failure: PortFailure) => void;

/** Trusts the hub, not the event: only ids are taken from it, so that a forged or stale one starts nothing. */
async function routeFindings(
  intakes: readonly Intake[],
  { hub }: DispatchPorts,
  { automaticControls }: DispatchSettings,
  again: Again,
): Promise<readonly RoutedIntake[]> {
  if (intakes.length === 0) return [];
  const current = await hub.fetchFindings(intakes.flatMap(({ findings }) => findings));
  if (!current.ok) {
    for (const { message } of intakes) again(message.id, current.error);
    return [];
  }
  const known = new Map(current.value.map((finding) => [findingIdentity(finding), finding]));
  return intakes.map((intake) => ({
    intake,
    routes: intake.findings.map((key) => routeFinding(key, known, intake, automaticControls)),
  }));
}

/** Says of every finding that nothing is done about why not, there where somebody looks. */
async function answer(intake: Intake, routes: readonly Route[], ports: DispatchPorts, again: Again): Promise<void> {
  const reasons = new Set<string>();
  for (const route of routes) {
    switch (route.kind) {
      case 'remediate':
        break;
      case 'skip':
        ports.metrics.count('FindingsSkipped');
        ports.log.info('Finding needs no work', { findingId: route.finding.id, reason: route.reason });
        break;
      case 'tell': {
        const told = await tellProblem(route, ports);
        if (!told.ok) again(intake.message.id, told.error);
        break;
      }
      case 'reject':
        reasons.add(route.reason);
        break;
    }
  }
  if (reasons.size > 0) await reject(intake.message, [...reasons].join(' '), ports, again);
}

async function reject(message: QueueMessage, reason: string, ports: DispatchPorts, again: Again): Promise<void> {
  const saved = await ports.deadLetters.save({ body: message.body, reason });
  if (!saved.ok) {
    again(message.id, saved.error);
    return;
  }
  ports.log.error('Event rejected', { messageId: message.id, reason });
  ports.metrics.count('EventsRejected');
}
