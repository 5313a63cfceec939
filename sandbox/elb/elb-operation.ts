import { AwsError } from '../runtime/aws-error';
import type { CallContext, Operation } from '../runtime/operation';
import type { Regional } from '../runtime/regional';
import type { ElbState } from './elb-state';

/** A call together with what Elastic Load Balancing holds in its account and Region. */
export interface ElbContext extends CallContext {
  readonly state: ElbState;
}

/** One operation, before it is bound to the states of all accounts and Regions. */
export interface ElbOperation<Input, Output> {
  /** The resource that it is about; `*` where the action knows none. */
  resource(input: Input, context: CallContext): string | readonly string[];
  /** @throws AwsError */
  handle(input: Input, context: ElbContext): Output | Promise<Output>;
}

/** Both APIs have the same prefix of permissions. */
export function bindOperation<Input, Output>(
  name: string,
  operation: ElbOperation<Input, Output>,
  states: Regional<ElbState>,
): Operation<Input, Output> {
  return {
    permissions: (input, context) =>
      [operation.resource(input, context)]
        .flat()
        .map((each) => ({ action: `elasticloadbalancing:${name}`, resource: each })),
    handle: (input, context) =>
      operation.handle(input, { ...context, state: states.at(context.account, context.region) }),
  };
}

/** `arn:aws:elasticloadbalancing:eu-central-1:222222222222:` and the resource. */
export function toArn({ world, account, region }: CallContext, resource: string): string {
  return `arn:${world.partition}:elasticloadbalancing:${region}:${account}:${resource}`;
}

/** What both APIs answer to input that cannot be. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

/** One page of a list; the marker is the offset of the next. */
export function toPage<Item>(
  all: readonly Item[],
  { PageSize = 400, Marker = '0' }: { readonly PageSize?: number | undefined; readonly Marker?: string | undefined },
): { readonly items: Item[]; readonly NextMarker?: string } {
  if (PageSize < 1 || PageSize > 400) throw validationError(`PageSize must be 1 to 400, and not ${PageSize}`);
  if (!/^\d+$/.test(Marker)) throw validationError('Invalid marker');
  const end = Number(Marker) + PageSize;
  return { items: all.slice(Number(Marker), end), ...(end < all.length ? { NextMarker: String(end) } : {}) };
}
