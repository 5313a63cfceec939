import type { NetworkAclStep, PlanStep } from '../plan';

export function isNetworkAclStep(step: PlanStep): step is NetworkAclStep {
  return step.call.endsWith('NetworkAclEntry');
}
