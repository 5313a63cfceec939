import { AwsError, LostResponse } from './aws-error';
import { toFaultError, type StruckFault } from './faults';
import type { CallContext, Service } from './operation';

/** Signal: the process that made a call is to be lost; the payload is a {@link ProcessLost}. */
export const processLost = 'runtime:process-lost';

export interface ProcessLost {
  /** Of whoever made the call; undefined for an AWS service, which has no process to lose. */
  readonly accessKeyId: string | undefined;
}

/** One call with its permissions and its handler; may be made again. @throws AwsError */
type MakeCall = (context: CallContext) => Promise<unknown>;

/** Makes a call as the fault that strikes it wants it. */
export async function carryOut(
  fault: StruckFault | undefined,
  {
    service,
    operation,
    context,
  }: { readonly service: Service; readonly operation: string; readonly context: CallContext },
  make: MakeCall,
): Promise<unknown> {
  const { world } = context;
  switch (fault?.kind) {
    case undefined:
      return make(context);
    case 'throttle':
    case 'internal-error':
    case 'deny':
      throw toFaultError(fault.kind, service, operation);
    case 'lost-response':
      await make(context);
      throw new LostResponse();
    case 'duplicate':
      return makeTwice(context, make);
    case 'stale':
      return make({ ...context, readsAsOfMillis: world.clock.now() - fault.millis });
    case 'clock-jump':
      world.clock.jump(fault.millis);
      return make(context);
    case 'kill-before':
      loseProcess(context);
      throw new LostResponse();
    case 'kill-after':
      await make(context);
      loseProcess(context);
      throw new LostResponse();
  }
}

/** The caller learns of the first time only. */
async function makeTwice(context: CallContext, make: MakeCall): Promise<unknown> {
  const output = await make(context);
  try {
    await make(context);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
  return output;
}

function loseProcess({ world, principal }: CallContext): void {
  const accessKeyId = principal.kind === 'role' ? principal.accessKeyId : undefined;
  world.emit(processLost, { accessKeyId } satisfies ProcessLost);
}
