import type { SandboxWorld } from '../runtime/create-world';
import type { Fault } from '../runtime/faults';

/** A fault that names what is not there would never strike, and whoever asked would wait for it: why it is refused. */
export function whyFaultIsNeverInjected(fault: Fault, world: SandboxWorld): string | undefined {
  const services = world.services.filter(({ signingName }) => (fault.service ?? signingName) === signingName);
  const operations = services.flatMap((service) => Object.keys(service.operations));
  return (
    unknown(
      'service',
      fault.service,
      world.services.map(({ signingName }) => signingName),
    ) ??
    unknown('operation', fault.operation, operations) ??
    unknown('account', fault.account, world.accounts) ??
    unknown('region', fault.region, world.regions)
  );
}

function unknown(what: string, value: string | undefined, known: readonly string[]): string | undefined {
  if (value === undefined || known.includes(value)) return undefined;
  return `${what} "${value}" is not in the sandbox; there are ${[...new Set(known)].sort().join(', ')}`;
}
