import type { Operation, Service } from '../../../sandbox/runtime/operation';
import type { Protocol } from '../../../sandbox/runtime/service-api';

/** A service whose operations remember their input and answer what they are told to. */
export function createEcho(
  signingName: string,
  protocol: Protocol,
  schemas: object,
  outputs: Readonly<Record<string, (input: object) => unknown>>,
): { readonly service: Service; readonly inputs: object[] } {
  const inputs: object[] = [];
  const operations = Object.entries(outputs).map(([name, answer]): [string, Operation] => {
    const operation: Operation<object> = {
      permissions: () => [],
      handle: (input) => {
        inputs.push(input);
        return answer(input);
      },
    };
    return [name, operation];
  });
  return { service: { signingName, protocol, schemas, operations: Object.fromEntries(operations) }, inputs };
}
