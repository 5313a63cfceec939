import { failure, success } from '../../../src/core/result';
import type { PortResult, PortFailure } from '../../../src/flow/ports';

export function answer<Value>(make: () => Value): PortResult<Value> {
  return Promise.resolve(success(make()));
}

export function refuse<Value>(problem: PortFailure): PortResult<Value> {
  return Promise.resolve(failure(problem));
}
