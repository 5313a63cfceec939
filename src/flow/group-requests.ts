import type { ControlId } from '../core/controls/control-id';
import { targetKey, type Target } from '../core/target';
import type { Intake } from './parse-message';
import type { RemediationRequest } from './ports';
import type { Route } from './route-finding';

export interface RequestsOnTarget {
  readonly target: Target;
  readonly requests: readonly RemediationRequest[];
  /** The messages that they came in. */
  readonly messageIds: readonly string[];
}

export interface RoutedIntake {
  readonly intake: Intake;
  readonly routes: readonly Route[];
}

type Remediate = Extract<Route, { readonly kind: 'remediate' }>;

/** One request for each message and target, and for each closing to undo, so that a whole batch is as few remediations as it can be. */
export function groupRequests(routed: readonly RoutedIntake[]): readonly RequestsOnTarget[] {
  const all = routed.flatMap(({ intake, routes }) => toRequests(intake, routes));
  return groupBy(all, ({ target }) => targetKey(target)).map((group) => ({
    target: group[0].target,
    requests: group.map(({ request }) => request),
    messageIds: [...new Set(group.map(({ messageId }) => messageId))],
  }));
}

function toRequests(intake: Intake, routes: readonly Route[]) {
  const remediate = routes.filter((route): route is Remediate => route.kind === 'remediate');
  return groupBy(remediate, ({ target, undoes }) => `${targetKey(target)} ${undoes ?? ''}`).map((group) => ({
    target: group[0].target,
    messageId: intake.message.id,
    request: toRequest(intake, group),
  }));
}

function toRequest(intake: Intake, group: readonly [Remediate, ...Remediate[]]): RemediationRequest {
  const { message, action, trigger } = intake;
  const [{ undoes }] = group;
  const common = {
    trigger,
    decidedBy: decidedBy(intake, [...new Set(group.map(({ control }) => control))]),
    findings: group.map(({ finding: { id, productArn } }) => ({ id, productArn })),
  };
  if (action !== 'undo') return { id: message.id, action, ...common };
  if (undoes === undefined) throw new Error('An undo was routed without the closing that it undoes.');
  // The console has no way to ask back: an old closing is confirmed from a terminal.
  return { id: `${message.id}/${undoes}`, action, remediationId: undoes, confirmed: false, ...common };
}

function decidedBy({ trigger, actionName }: Intake, controls: readonly ControlId[]): string {
  return trigger === 'automatic'
    ? `policy: ${controls.join(', ')} automatic`
    : // A name has 20 characters at most; what is longer is none.
      `custom action "${(actionName ?? '').slice(0, 20)}"`;
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly [Item, ...Item[]][] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
}
