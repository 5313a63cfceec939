import type { Resource } from '../resource';
import type { ResourceRule } from './remediation-record';

/** What a target lets through: the rules of a group, the entries of a network ACL. */
export function rulesOf(resource: Resource): readonly ResourceRule[] {
  return resource.kind === 'security-group' ? resource.rules : resource.entries;
}
