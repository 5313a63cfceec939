import type { ControlId, RequestedControl } from '../../core/controls/control-id';
import type { RecordedException, RiskException } from '../../core/exceptions/risk-exception';
import type { Target } from '../../core/target';
import type { Durable, Ledger, PortResult } from '../ports';

/** All exceptions of a target that the ledger holds, whether they are over or not. */
export function readStoredExceptions(
  target: Target,
  { durable, ledger }: { readonly durable: Durable; readonly ledger: Pick<Ledger, 'fetchExceptions'> },
): PortResult<readonly RiskException[]> {
  return durable.step('read exceptions', () => ledger.fetchExceptions(target));
}

/** A control, less what exceptions of it leave open. */
export function lessExceptions(
  control: RequestedControl,
  exceptions: readonly Pick<RiskException, 'control' | 'covers'>[],
): RequestedControl {
  const except = exceptions.filter((each) => each.control === control.id).flatMap(({ covers }) => covers);
  return except.length === 0 ? control : { ...control, except };
}

/** Those of exceptions that are about a control. */
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
