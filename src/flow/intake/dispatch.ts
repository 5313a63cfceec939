import { endResolvedQuestion } from '../deciding/end-resolved-question';
import { groupRequests, type RoutedMessage } from './group-requests';
import type { DuePorts } from './due-handlers';
import { MessageProblems, toMessageProblem } from './message-problems';
import { parseMessage, type ActionArns, type InboundMessage, type QueueMessage } from './parse-message';
import { FINDINGS_PER_READ, type DeadLetters, type Hub, type Identifiers, type Metrics } from '../ports';
import { findingIdentity, routeFinding, type Route } from './route-finding';
import { startRemediation } from './start-remediation';
import { parseDueMessage } from './parse-due-message';
import { takeDue } from './take-due';
import { notifyProblem } from './notify-problem';

export interface DispatchPorts extends DuePorts {
  readonly deadLetters: DeadLetters;
  readonly hub: Hub;
  readonly identifiers: Pick<Identifiers, 'nonce' | 'requestId'>;
  readonly metrics: Metrics;
}

export interface DispatchSettings {
  readonly actionArns: ActionArns;
  /** Consolidated ids of the controls that are closed with nobody watching, at this moment. */
  readonly automaticControls: readonly string[];
}

/**
 * Takes a batch of Security Hub events to the orchestrator, and what is due to whoever takes it. What is not understood
 * goes to the dead-letter queue with the reason, never to silence; what did not work this time comes again. Every part
 * of it may be repeated.
 *
 * @returns ids of the messages that must come again.
 */
export async function dispatch(
  messages: readonly QueueMessage[],
  ports: DispatchPorts,
  settings: DispatchSettings,
): Promise<readonly string[]> {
  const problems = new MessageProblems();
  const inbounds: InboundMessage[] = [];
  for (const message of messages) {
    const due = parseDueMessage(message.body);
    if (due !== undefined) {
      const problem = await takeDue(due, ports);
      if (problem !== undefined) problems.add(message, problem);
      continue;
    }
    const inbound = parseMessage(message, settings.actionArns);
    if (inbound.ok) inbounds.push(inbound.value);
    else problems.add(message, { reason: inbound.error, deliveries: 1 });
  }

  // Beside each other, and each for itself: a read that is throttled for too long holds up its own messages only.
  const reads = perRead(inbounds).map((some) => routeFindings(some, ports, settings, problems));
  const routed = (await Promise.all(reads)).flat();
  for (const { inbound, routes } of routed) await answer(inbound, routes, ports, problems);
  // More wait than one read can ask for: what was read goes along, since there are not enough reads for all of them.
  const isBusy = messages.length >= FINDINGS_PER_READ;
  for (const requested of groupRequests(routed, ports.identifiers, isBusy)) {
    const started = await startRemediation(requested, ports);
    if (started.ok) continue;
    for (const message of requested.messages) problems.add(message, toMessageProblem(started.error));
  }
  return problems.conclude(ports);
}

/** As many messages together as one call to Security Hub can ask for. */
function perRead(inbounds: readonly InboundMessage[]): readonly (readonly InboundMessage[])[] {
  const reads: InboundMessage[][] = [];
  let room = 0;
  for (const inbound of inbounds) {
    const last = reads.at(-1);
    if (last === undefined || inbound.findings.length > room) {
      reads.push([inbound]);
      room = FINDINGS_PER_READ;
    } else last.push(inbound);
    room -= inbound.findings.length;
  }
  return reads;
}

/** Trusts the hub, not the event: only ids are taken from it, so that a forged or stale one starts nothing. */
async function routeFindings(
  inbounds: readonly InboundMessage[],
  ports: DispatchPorts,
  settings: DispatchSettings,
  problems: MessageProblems,
): Promise<readonly RoutedMessage[]> {
  if (inbounds.length === 0) return [];
  const readAt = ports.clock.now().toISOString();
  const current = await ports.hub.fetchFindings(inbounds.flatMap(({ findings }) => findings));
  if (current.ok) {
    const known = new Map(current.value.map((finding) => [findingIdentity(finding), finding]));
    const now = ports.clock.now();
    return inbounds.map((inbound) => ({
      inbound,
      readAt,
      routes: inbound.findings.map((key) => routeFinding(key, known, inbound, settings.automaticControls, now)),
    }));
  }
  if (current.error.code === 'invalid' && inbounds.length > 1) {
    // Security Hub refuses a whole call for one id in it: the others must not suffer for that message.
    const alone: RoutedMessage[] = [];
    for (const inbound of inbounds) alone.push(...(await routeFindings([inbound], ports, settings, problems)));
    return alone;
  }
  for (const { message } of inbounds) problems.add(message, toMessageProblem(current.error));
  return [];
}

/**
 * A finding shows in the aggregation Region some time after its event did: one that is not known yet is searched for
 * again once the queue has delivered its message again, minutes later.
 */
const DELIVERIES_FOR_UNKNOWN = 2;

/** Says of every finding that nothing is done about why not, there where somebody looks. */
async function answer(
  { message }: InboundMessage,
  routes: readonly Route[],
  ports: DispatchPorts,
  problems: MessageProblems,
): Promise<void> {
  for (const route of routes) {
    switch (route.kind) {
      case 'remediate':
        break;
      case 'skip':
        ports.metrics.count('FindingsSkipped');
        ports.log.info('Finding needs no work', { findingId: route.finding.id, reason: route.reason });
        break;
      case 'resolved': {
        ports.log.info('Finding needs no work', { findingId: route.finding.id, reason: route.reason });
        const ended = await endResolvedQuestion(route.questionId, ports);
        if (!ended.ok) problems.add(message, toMessageProblem(ended.error));
        break;
      }
      case 'update': {
        const notified = await notifyProblem(route, ports);
        if (!notified.ok) problems.add(message, { ...toMessageProblem(notified.error), unanswered: route.finding.id });
        break;
      }
      case 'unknown':
        problems.add(message, { reason: route.reason, deliveries: DELIVERIES_FOR_UNKNOWN });
        break;
      case 'reject':
        problems.add(message, { reason: route.reason, deliveries: 1 });
        break;
    }
  }
}
