import { createServices } from '../../sandbox/create-services';
import type { CallContext, Operation, Service } from '../../sandbox/runtime/operation';
import { createSsm } from '../../sandbox/ssm/ssm-service';

export interface DynamoUnits {
  read: number;
  write: number;
}

const READS = new Set(['GetItem', 'Query', 'Scan', 'BatchGetItem']);

/**
 * The sandbox's services, with a meter at DynamoDB: its engine works out the units of every call from the sizes of the
 * items.
 *
 * @param stepMillis what a runbook's step takes, so that the orchestrator polls as often as it would in AWS
 */
export function meteredServices(stepMillis: number): {
  readonly services: readonly Service[];
  readonly units: DynamoUnits;
} {
  const units: DynamoUnits = { read: 0, write: 0 };
  const services = createServices().map((service) => {
    if (service.signingName === 'ssm') return createSsm({ stepMillis });
    if (service.signingName !== 'dynamodb') return service;
    const operations = Object.entries(service.operations).map(([name, operation]): [string, Operation] => [
      name,
      metered(name, operation, units),
    ]);
    return { ...service, operations: Object.fromEntries(operations) };
  });
  return { services, units };
}

function metered(name: string, operation: Operation, units: DynamoUnits): Operation {
  if (!/^(Get|Put|Update|Delete|BatchGet|BatchWrite)Item$|^Query$|^Scan$/.test(name)) return operation;
  // Every operation takes an object, whatever its own shape is.
  const original = operation as Operation<object>;
  return {
    permissions: (input: object, context) => original.permissions(input, context),
    handle: async (input: object, context: CallContext) => {
      const output = await original.handle({ ...input, ReturnConsumedCapacity: 'TOTAL' }, context);
      units[READS.has(name) ? 'read' : 'write'] += consumedBy(output);
      return output;
    },
  } satisfies Operation<object>;
}

interface Consumed {
  readonly CapacityUnits?: number;
}

function consumedBy(output: unknown): number {
  // The engine's own answer to ReturnConsumedCapacity: one, or a list for several tables.
  const { ConsumedCapacity = [] } = output as { readonly ConsumedCapacity?: Consumed | readonly Consumed[] };
  const all: readonly Consumed[] = [ConsumedCapacity].flat();
  return all.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}
