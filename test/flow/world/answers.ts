import { failure, success } from '../../../src/core/result';
import type { Outcome, PortFailure } from '../../../src/flow/ports';

export function answer<Value>(make: () => Value): Outcome<Value> {
  return Promise.resolve(success(make()));
}

export function refuse<Value>(problem: PortFailure): Outcome<Value> {
  return Promise.resolve(failure(problem));
}
