/** Has its say about every call before it is made, and knows when it is over. */
export type Gate = (name: string, call: () => Promise<unknown>) => Promise<unknown>;

/** The same ports, each call of which goes through a gate. */
export function throughGate<Ports extends object>(ports: Ports, gate: Gate): Ports {
  const gated = Object.entries(ports).map(([name, call]: [string, (...given: unknown[]) => Promise<unknown>]) => [
    name,
    (...given: unknown[]) => gate(name, () => call(...given)),
  ]);
  // Every call answers what it answered before, or what the gate answers instead of it.
  return Object.fromEntries(gated) as Ports;
}
