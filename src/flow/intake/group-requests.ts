import { targetKey, type Target } from '../../core/target';
import type { InboundMessage, QueueMessage } from './parse-message';
import type { Identifiers, RemediationRequest } from '../ports';
import type { Route } from './route-finding';

export interface RequestsOnTarget {
  readonly target: Target;
  readonly requests: readonly RemediationRequest[];
  /** The messages that they came in. */
  readonly messages: readonly QueueMessage[];
}

export interface RoutedMessage {
  readonly inbound: InboundMessage;
  /** When its findings began to be read, ISO 8601, UTC. */
  readonly readAt: string;
  readonly routes: readonly Route[];
}

type Remediate = Extract<Route, { readonly kind: 'remediate' }>;

/**
 * The requests of a whole batch by target, so that it is as few remediations as it can be.
 *
 * @param handsOn whether what was read of a finding goes along with what is asked for it
 */
export function groupRequests(
  routed: readonly RoutedMessage[],
  identifiers: Pick<Identifiers, 'requestId'>,
  handsOn: boolean,
): readonly RequestsOnTarget[] {
  const groups = new Map<string, { target: Target; requests: RemediationRequest[]; messages: Set<QueueMessage> }>();
  for (const { inbound, routes, readAt } of routed) {
    for (const route of routes) {
      if (route.kind !== 'remediate') continue;
      const key = targetKey(route.target);
      const group = groups.get(key) ?? { target: route.target, requests: [], messages: new Set() };
      const request = toRequest(inbound, route, identifiers);
      group.requests.push(handsOn ? { ...request, seen: { finding: route.finding, at: readAt } } : request);
      group.messages.add(inbound.message);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map((group) => ({ ...group, messages: [...group.messages] }));
}

/**
 * One request a finding, named for it and the event alone: what else is known of the finding may have changed when the
 * event is delivered again, and it must not ask for something else then.
 */
function toRequest(
  inbound: InboundMessage,
  { finding, control, undoes, lifts }: Remediate,
  identifiers: Pick<Identifiers, 'requestId'>,
): RemediationRequest {
  const { id, action, trigger, actionName, askedAt: chosenAt } = inbound;
  const common = {
    id: identifiers.requestId(id, lifts === true ? 'end-exception' : action, finding),
    trigger,
    decidedBy:
      trigger === 'automatic'
        ? `policy: ${control} automatic`
        : // A name has 20 characters at most; what is longer is none.
          `custom action "${(actionName ?? '').slice(0, 20)}"`,
    findings: [{ id: finding.id, productArn: finding.productArn }],
    ...(chosenAt === undefined ? {} : { chosenAt }),
  };
  if (lifts === true) {
    const decidedBy = 'whoever took the finding out of SUPPRESSED in Security Hub';
    return { ...common, action: 'end-exception', how: 'lifted', decidedBy };
  }
  if (action === 'accept') {
    return { ...common, action, accepted: {}, reason: `Accepted in the console by ${common.decidedBy}.` };
  }
  if (action === 'close' || action === 'preview' || action === 'isolate') return { action, ...common };
  // The console has no way to ask back: an old closing is confirmed from a terminal.
  return { action, ...(undoes === undefined ? {} : { remediationId: undoes }), confirmed: false, ...common };
}
