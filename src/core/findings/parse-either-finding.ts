import type { InputProblem } from '../input-problem';
import { listOf, memberOf, textOf } from '../read-member';
import { success, type Result } from '../result';
import type { Tag } from '../network/security-group-rule';
import type { Finding } from './finding';
import { isOcsf, parseOcsfFinding } from './ocsf/parse-ocsf-finding';
import { parseFinding } from './parse-finding';

/** Reads a finding as Security Hub CSPM (ASFF) or V2 (OCSF) prints it. An error means that it is no finding at all. */
export function parseEitherFinding(raw: unknown): Result<Finding, InputProblem> {
  if (!isOcsf(raw)) return parseFinding(raw);
  const parsed = parseOcsfFinding(raw);
  return parsed.ok ? success(parsed.value) : parsed;
}

/** The id by which people name a finding, in either format; undefined where it has none. */
export function findingIdOf(raw: unknown): string | undefined {
  return textOf(isOcsf(raw) ? memberOf(memberOf(raw, 'finding_info'), 'uid') : memberOf(raw, 'Id'));
}

/** The tags that a finding carries of its target, in either format; undefined where it says nothing of them. */
export function findingTagsOf(raw: unknown, targetId: string): readonly Tag[] | undefined {
  const isOf = (id: unknown): boolean => textOf(id)?.endsWith(targetId) === true;
  if (!isOcsf(raw)) {
    const tags = memberOf(
      listOf(memberOf(raw, 'Resources')).find((each) => isOf(memberOf(each, 'Id'))),
      'Tags',
    );
    if (typeof tags !== 'object' || tags === null) return undefined;
    return Object.entries(tags).map(([Key, Value]) => ({ Key, Value: String(Value) }));
  }
  const resource = listOf(memberOf(raw, 'resources')).find(
    (each) => isOf(memberOf(each, 'uid')) || isOf(memberOf(each, 'uid_alt')),
  );
  const tags = memberOf(resource, 'tags');
  return Array.isArray(tags) ? toTags(tags) : undefined;
}

/**
 * Undefined where one is of another shape: a tag that is overlooked might be the one that keeps a target open.
 * https://schema.ocsf.io/objects/key_value_object
 */
function toTags(tags: readonly unknown[]): readonly Tag[] | undefined {
  const read = tags.map((tag) => {
    const [Key, Value] = [textOf(memberOf(tag, 'name')), textOf(memberOf(tag, 'value'))];
    return Key === undefined ? undefined : { Key, Value: Value ?? '' };
  });
  return read.every((tag) => tag !== undefined) ? read : undefined;
}
