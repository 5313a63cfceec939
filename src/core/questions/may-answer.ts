/** Who answers: the name that is written down, and all names that an approver may be called by. */
export interface Answerer {
  readonly name: string;
  readonly names: readonly string[];
}

/**
 * Who asks by a command: their ARN, and the role or the user in it.
 *
 * @param arn as AWS says it, such as `arn:aws:sts::111111111111:assumed-role/Security/alice`
 */
export function answererOf(arn: string): Answerer {
  const resource = arn.split(':').slice(5).join(':');
  const [kind, name = ''] = resource.split('/');
  if (kind === 'assumed-role') return { name: arn, names: [arn, `role:${name}`] };
  // A user's name is behind their path.
  if (kind === 'user') return { name: arn, names: [arn, `user:${resource.split('/').at(-1) ?? ''}`] };
  return { name: arn, names: [arn] };
}

/** @param approvers patterns, in which `*` is any text; undefined means everybody who can answer at all */
export function mayAnswer(approvers: readonly string[] | undefined, { names }: Answerer): boolean {
  return approvers === undefined || approvers.some((pattern) => names.some((name) => matches(pattern, name)));
}

function matches(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === name;
  if (!name.startsWith(first)) return false;
  const last = rest.pop() ?? '';
  let place = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, place);
    if (found < 0) return false;
    place = found + part.length;
  }
  return name.length - last.length >= place && name.endsWith(last);
}
