import { partitionOf } from './partition-of';
import { TARGET_KINDS, type Target } from './target';

const KEY = /^(\d{12})\/([a-z0-9-]+)\/(security-group|network-acl|instance|network-interface)\/([a-z]+-[0-9A-Za-z-]+)$/;

/** The target that a text written by `targetKey` names; undefined for what is none. */
export function parseTargetKey(text: string): Target | undefined {
  const [, account, region, kind, id] = KEY.exec(text) ?? [];
  if (account === undefined || region === undefined || id === undefined) return undefined;
  const known = TARGET_KINDS.find((each) => each === kind);
  if (known === undefined) return undefined;
  return { kind: known, partition: partitionOf(region), account, region, id };
}
