import { AwsError } from '../runtime/aws-error';
import type { CallContext, Operation, RequiredPermission } from '../runtime/operation';
import type { Ec2State } from './ec2-state';
import type { StateHistory } from './state-history';

/** A call together with what EC2 holds in its account and Region. */
export interface Ec2Context extends CallContext {
  readonly state: Ec2State;
}

/** One operation of EC2, before it is bound to the states of all accounts and Regions. */
export interface Ec2Operation<Input, Output> {
  permissions(input: Input, context: Ec2Context): readonly RequiredPermission[];
  /** @throws AwsError */
  handle(input: Input, context: Ec2Context): Output;
}

/** The SDK's output type without what the client adds. */
export type Answer<Output> = Omit<Output, '$metadata'>;

/** Finds the state, and answers `DryRun` once the permissions are known to suffice. */
export function bindOperation<Input extends { readonly DryRun?: boolean | undefined }, Output>(
  operation: Ec2Operation<Input, Output>,
  history: StateHistory,
): Operation<Input, Output> {
  const at = (context: CallContext): Ec2Context => ({
    ...context,
    state: history.seenBy(context),
  });
  return {
    permissions: (input, context) => operation.permissions(input, at(context)),
    handle: (input, context) => {
      if (input.DryRun === true) {
        throw new AwsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
      }
      return operation.handle(input, at(context));
    },
  };
}
