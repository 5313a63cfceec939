import type { RequestedControl } from '../controls/control-id';
import { isAbout } from '../detection/find-exposed-controls';
import type { Plan } from '../planning/plan';
import { planClosing } from '../planning/plan-closing';
import { DEFAULT_PLAN_POLICY } from '../planning/plan-policy';
import type { Resource } from '../resource';

/** What the controls object to on a resource. */
export interface Objections extends Pick<Plan, 'violations'> {
  /** Why it cannot be determined whether something violates, where nothing is known to. */
  readonly unclear: string | undefined;
}

/** Holds a resource against all controls that are about it at once, by the same planner that would close it. */
export function sweepResource(resource: Resource, controls: readonly RequestedControl[]): Objections {
  const about = controls.filter(({ id }) => isAbout(id, resource));
  if (about.length === 0) return { violations: [], unclear: undefined };
  const { violations, ask } = planClosing({ resource, controls: about, policy: DEFAULT_PLAN_POLICY });
  return { violations, unclear: violations.length > 0 || ask.length === 0 ? undefined : ask.join(' ') };
}
