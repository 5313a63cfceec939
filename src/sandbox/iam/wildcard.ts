/** IAM's wildcards: `*` any characters, `?` one. Actions compare without regard to case, ARNs with it. */
export function matchesWildcard(
  pattern: string,
  value: string,
  options: { readonly ignoreCase?: boolean } = {},
): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, options.ignoreCase ? 'is' : 's').test(value);
}

/** Like `matchesWildcard`, but a wildcard never reaches over a colon of the ARN's first five. */
export function matchesArn(pattern: string, value: string): boolean {
  const patternParts = splitArn(pattern);
  const valueParts = splitArn(value);
  if (patternParts.length !== 6 || valueParts.length !== 6) return false;
  return patternParts.every((part, index) => matchesWildcard(part, valueParts[index] ?? ''));
}

function splitArn(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length < 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
