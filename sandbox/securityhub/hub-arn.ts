import type { CallContext } from '../kernel/operation';

export function hubArn({ world, region, account }: Pick<CallContext, 'world' | 'region' | 'account'>): string {
  return `arn:${world.partition}:securityhub:${region}:${account}:hub/default`;
}
