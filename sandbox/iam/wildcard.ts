/** IAM's wildcards: `*` any characters, `?` one. Actions compare without regard to case, ARNs with it. */
export function matchesWildcard(
  pattern: string,
  value: string,
  options: { readonly ignoreCase?: boolean } = {},
): boolean {
  const flags = options.ignoreCase === true ? 'is' : 's';
  const known = expressions[flags].get(pattern);
  if (known) return known.test(value);
  const made = toExpression(pattern, flags);
  expressions[flags].set(pattern, made);
  return made.test(value);
}

/** By pattern: every call asks for those of the same few policies. */
const expressions = { s: new Map<string, RegExp>(), is: new Map<string, RegExp>() };

function toExpression(pattern: string, flags: string): RegExp {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, flags);
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
