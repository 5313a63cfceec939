import { partitionOf } from './partition-of';
import type { Target } from './target';

const KEY = /^(\d{12})\/([a-z0-9-]+)\/(security-group|network-acl)\/([a-z]+-[0-9A-Za-z-]+)$/;

/** The target that a text written by `targetKey` names; undefined for what is none. */
export function parseTargetKey(text: string): Target | undefined {
  const [, account, region, kind, id] = KEY.exec(text) ?? [];
  if (account === undefined || region === undefined || id === undefined) return undefined;
  if (kind !== 'security-group' && kind !== 'network-acl') return undefined;
  return { kind, partition: partitionOf(region), account, region, id };
}
