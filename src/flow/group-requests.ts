import type { ControlId } from '../core/controls/control-id';
import { targetKey, type Target } from '../core/target';
import type { Intake } from './parse-message';
import type { RemediationRequest } from './ports';
import type { Route } from './route-finding';

export interface RequestsOnTarget {
  readonly target: Target;
  readonly requests: readonly RemediationRequest[];
}

export interface RoutedIntake {
  readonly intake: Intake;
  readonly routes: readonly Route[];
}

type Remediate = Extract<Route, { readonly kind: 'remediate' }>;

/** One request for each message and target, so that a whole batch is one remediation a target. */
export function groupRequests(routed: readonly RoutedIntake[]): readonly RequestsOnTarget[] {
  const all = routed.flatMap(({ intake, routes }) => toRequests(intake, routes));
  return groupBy(all, ({ target }) => targetKey(target)).map(([first, ...more]) => ({
    target: first.target,
    requests: [first, ...more].map(({ request }) => request),
  }));
}

function toRequests(intake: Intake, routes: readonly Route[]) {
  const remediate = routes.filter((route): route is Remediate => route.kind === 'remediate');
  return groupBy(remediate, ({ target }) => targetKey(target)).map((group) => ({
    target: group[0].target,
    request: {
      id: intake.message.id,
      trigger: intake.trigger,
      decidedBy: decidedBy(intake, [...new Set(group.map(({ control }) => control))]),
      findings: group.map(({ finding: { id, productArn } }) => ({ id, productArn })),
    } satisfies RemediationRequest,
  }));
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
