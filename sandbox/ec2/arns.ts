import type { CallContext } from '../runtime/operation';

type Place = Pick<CallContext, 'world' | 'region' | 'account'>;

/** `arn:…:ec2:eu-central-1:222222222222:security-group/sg-…` */
export function ec2Arn({ world, region, account }: Place, type: string, id: string): string {
  return `arn:${world.partition}:ec2:${region}:${account}:${type}/${id}`;
}
