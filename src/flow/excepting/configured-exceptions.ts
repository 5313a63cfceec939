import { CONFIGURED_BY } from '../../core/exceptions/configured-by';
import { isAboutTarget, toRiskException } from '../../core/exceptions/configured-exception';
import { stateOf, type RiskException } from '../../core/exceptions/risk-exception';
import type { Policy } from '../../core/policy/policy-entry';
import { success } from '../../core/result';
import type { Durable, Identifiers, PortResult, Targets } from '../ports';
import type { CloseJob } from '../remediation/job';

interface ConfiguredPorts {
  readonly durable: Durable;
  readonly identifiers: Pick<Identifiers, 'exceptionId'>;
  readonly targets: Pick<Targets, 'observe'>;
}

/**
 * Exceptions of the configuration that are in force on a target. What the ledger holds of them are their findings, and
 * whether somebody has ended one by hand; one that the configuration does not have any more covers nothing.
 *
 * @param stored all exceptions of the target that the ledger holds
 */
export async function readConfigured(
  { target, remediationId }: CloseJob,
  startedAt: string,
  { exceptions = [] }: Pick<Policy, 'exceptions'>,
  stored: readonly RiskException[],
  { durable, identifiers, targets }: ConfiguredPorts,
): PortResult<readonly RiskException[]> {
  if (exceptions.length === 0) return success([]);
  const isByTags = exceptions.some(({ tags, ...rest }) => tags !== undefined && isAboutTarget(rest, target, undefined));
  const own = isByTags
    ? await durable.step('read tags for exceptions', async () => {
        const observed = await targets.observe(target, remediationId);
        if (!observed.ok) return observed;
        return success(observed.value.kind === 'gone' ? [] : observed.value.resource.tags);
      })
    : success(undefined);
  if (!own.ok) return own;
  const about = exceptions.filter((each) => isAboutTarget(each, target, own.value));
  const all = about.flatMap((each) =>
    each.controls.map((control) => {
      const exceptionId = identifiers.exceptionId(target, `${CONFIGURED_BY} ${control} ${JSON.stringify(each)}`);
      const made = toRiskException(each, { exceptionId, target, control, since: startedAt });
      const known = stored.find((one) => one.exceptionId === exceptionId);
      return known === undefined ? made : { ...made, since: known.since, findings: known.findings, ...endOf(known) };
    }),
  );
  return success(all.filter((each) => stateOf(each, new Date(startedAt)) === 'live'));
}

/** Taken out of the file, and put in again, it is in force again. */
function endOf({ ended }: RiskException): Pick<RiskException, 'ended'> {
  return ended === undefined || ended.how === 'removed' ? {} : { ended };
}
