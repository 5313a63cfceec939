import { success, type Result } from '../result';
import { readList, readOptionalText, readText, type Fields } from './read-field';
import type { RuleProblem } from './rule-problem';
import type { Tag } from './security-group-rule';

/** Reads EC2's `Tags`; the problem names the field. */
export function parseTags(fields: Fields): Result<Tag[], RuleProblem> {
  return readList(fields, 'Tags', (tag) => {
    const key = readText(tag, 'Key');
    if (!key.ok) return key;
    const value = readOptionalText(tag, 'Value');
    if (!value.ok) return value;
    return success({ Key: key.value, Value: value.value ?? '' });
  });
}
