import { CONTROL_IDS, type RequestedControl } from '../../core/controls/control-id';
import type { PlanPolicy } from '../../core/planning/plan-policy';
import type { TargetKind } from '../../core/target';
import { describeContext } from '../../core/context/describe-context';
import type { Targets } from '../ports';
import type { ClosingResult } from '../closing/close-target';
import type { Progress } from '../remediation/progress';
import { finish, notifyPeople, type FinalizePorts } from '../remediation/finalize';
import { observeWithContext } from '../running/observe-with-context';

/**
 * Reads what is known about a target, for a person who asked. Nothing is touched and no finding is told: it stands in the
 * record. What is reachable and used is asked of all that any control forbids there.
 */
export async function lookAround(
  progress: Progress,
  policy: PlanPolicy,
  ports: FinalizePorts & { readonly targets: Targets },
): Promise<void> {
  await finish(progress, await look(progress, policy, ports), ports);
  await notifyPeople(progress, [], ports);
}

async function look(
  progress: Progress,
  policy: PlanPolicy,
  { durable, targets }: FinalizePorts & { readonly targets: Targets },
): Promise<ClosingResult> {
  const { target } = progress.record;
  const observed = await durable.step('observe', () =>
    observeWithContext(progress.record, controlsOn(target.kind), policy, targets),
  );
  if (!observed.ok) return { outcome: 'could-not-tell', reason: observed.error.cause };
  if (observed.value.kind === 'gone') return { outcome: 'not-needed', reason: 'The resource does not exist any more.' };
  const { context } = observed.value;
  if (context === undefined) {
    return { outcome: 'previewed', reason: 'Nothing on it is open to the internet that a control forbids.' };
  }
  progress.record = { ...progress.record, context };
  return { outcome: 'previewed', reason: describeContext(context) };
}

/** Without EC2.2, which fails on every rule of a default group, whoever it lets in. */
function controlsOn(kind: TargetKind): readonly RequestedControl[] {
  return CONTROL_IDS.filter((id) => (id === 'EC2.21') === (kind === 'network-acl') && id !== 'EC2.2').map((id) => ({
    id,
    parameters: [],
  }));
}
