import { planClosing } from '../../core/planning/plan-closing';
import { BASELINE, type RequestedControl } from '../../core/controls/control-id';
import { toHeldControls } from '../../core/detection/controls-to-hold';
import type { Policy } from '../../core/policy/policy-entry';
import type { TargetKind } from '../../core/target';
import { describeContext } from '../../core/context/describe-context';
import { because } from '../../core/reasons/because';
import { success } from '../../core/result';
import type { MemberVersions, Targets } from '../ports';
import type { ClosingResult } from '../closing/close-target';
import { addToRecord, type Progress } from '../remediation/progress';
import { finish, notifyPeople, type FinalizePorts } from '../remediation/finalize';
import { observeUse, type UsePorts } from '../running/observe-use';
import { observeWithContext } from '../running/observe-with-context';

type ReadAroundPorts = FinalizePorts &
  UsePorts & { readonly targets: Targets; readonly memberVersions?: MemberVersions };

/**
 * Reads what is known about a target, for a person who asked. Nothing is touched and no finding is updated: it stands
 * in the record. What is reachable and used is asked of all that any control forbids there.
 */
export async function readAround(progress: Progress, policy: Policy, ports: ReadAroundPorts): Promise<void> {
  await finish(progress, await readContext(progress, policy, ports), ports);
  await notifyPeople(progress, [], ports);
}

async function readContext(progress: Progress, policy: Policy, ports: ReadAroundPorts): Promise<ClosingResult> {
  const { target, remediationId } = progress.record;
  const { durable } = ports;
  const controls = controlsOn(target.kind, policy);
  const observed = await durable.step('observe', () => observeWithContext(progress.record, controls, policy, ports));
  if (!observed.ok) {
    const { code, cause } = observed.error;
    const why = because(
      code === 'region-disabled' ? { code: 'region-not-enabled', which: cause } : { code: 'service-failed', cause },
    );
    return { outcome: 'could-not-tell', ...why };
  }
  if (observed.value.kind === 'gone') {
    return { outcome: 'not-needed', ...because({ code: 'resource-gone' }, ...(await otherVersion(progress, ports))) };
  }
  const { resource, context: seen } = observed.value;
  if (seen === undefined) {
    return { outcome: 'previewed', ...because({ code: 'nothing-open' }) };
  }
  const plan = planClosing({ resource, controls, policy, account: target.account });
  const context = await observeUse({ target, remediationId, resource, plan, context: seen }, policy, ports);
  addToRecord(progress, { context });
  return { outcome: 'previewed', ...because({ code: 'context-seen', what: describeContext(context) }) };
}

/** Whoever asks about what is not there may want to know of the member stack: doctor does. */
async function otherVersion({ record }: Progress, { durable, memberVersions }: ReadAroundPorts) {
  const which = await durable.step('compare versions', async () =>
    success((await memberVersions?.describeOther(record.target, record.remediationId)) ?? null),
  );
  return which.ok && which.value !== null ? [{ code: 'member-of-another-version', which: which.value } as const] : [];
}

/** Without EC2.2, which fails on every rule of a default group, whoever it lets in. */
function controlsOn(kind: TargetKind, { baseline }: Policy): readonly RequestedControl[] {
  return toHeldControls({ baseline }).filter(
    ({ id }) => id === BASELINE || ((id === 'EC2.21') === (kind === 'network-acl') && id !== 'EC2.2'),
  );
}
