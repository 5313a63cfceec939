import type { ControlId, RequestedControl } from '../../core/controls/control-id';
import { stateOf, type RecordedException, type RiskException } from '../../core/exceptions/risk-exception';
import type { Target } from '../../core/target';
import { success } from '../../core/result';
import type { Durable, Ledger, PortResult } from '../ports';

/** Exceptions of a target that are in force at a moment, whatever they cover. */
export function readLiveExceptions(
  target: Target,
  at: string,
  { durable, ledger }: { readonly durable: Durable; readonly ledger: Pick<Ledger, 'fetchExceptions'> },
): PortResult<readonly RiskException[]> {
  return durable.step('read exceptions', async () => {
    const all = await ledger.fetchExceptions(target);
    return all.ok ? success(all.value.filter((each) => stateOf(each, new Date(at)) === 'live')) : all;
  });
}

/** A control, less what exceptions of it leave open. */
export function lessExceptions(
  control: RequestedControl,
  exceptions: readonly Pick<RiskException, 'control' | 'covers'>[],
): RequestedControl {
  const except = exceptions.filter((each) => each.control === control.id).flatMap(({ covers }) => covers);
  return except.length === 0 ? control : { ...control, except };
}

export function ofControl<Exception extends { readonly control: ControlId }>(
  exceptions: readonly Exception[],
  control: ControlId,
): readonly Exception[] {
  return exceptions.filter((each) => each.control === control);
}

/** What a record keeps of an exception. */
export function toRecorded({ exceptionId, control, covers, reason, by, until }: RiskException): RecordedException {
  return { exceptionId, control, covers, reason, by, until };
}
