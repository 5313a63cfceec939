import type { Fact } from './context';

/** A fact that is known. */
export function known<Value>(value: Value, ...evidence: readonly string[]): Fact<Value> {
  return { known: true, value, evidence };
}

/** A fact that is not. @param reason a sentence: what could not be read, and why */
export function unknown<Value>(reason: string): Fact<Value> {
  return { known: false, reason };
}
