import { partitionOf } from './partition-of';
import type { Target } from './target';

/** How people write a target. */
export const TARGET_FORM = 'ACCOUNT/REGION/ID, such as 222222222222/eu-central-1/sg-0123456789abcdef0';

/** A target that somebody has written, such as `222222222222/eu-central-1/sg-0123456789abcdef0`; else undefined. */
export function parseTargetText(text: string): Target | undefined {
  const [, account, region, id] = /^(\d{12})\/([a-z0-9-]{1,32})\/((?:sg|acl)-[0-9A-Za-z-]{1,64})$/.exec(text) ?? [];
  if (account === undefined || region === undefined || id === undefined) return undefined;
  const kind = id.startsWith('sg-') ? 'security-group' : 'network-acl';
  return { kind, partition: partitionOf(region), account, region, id };
}

/** A target as people write it. */
export function toTargetText({ account, region, id }: Pick<Target, 'account' | 'region' | 'id'>): string {
  return `${account}/${region}/${id}`;
}
