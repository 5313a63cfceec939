import { success, type Result } from '../result';
import type { Resource } from '../resource';
import { parseNetworkAcl } from './parse-network-acls';
import { createGroupCollector, parseSecurityGroup } from './parse-security-groups';
import { isFields } from './read-field';
import { ruleProblem, within, type RuleProblem } from './rule-problem';

/** The lists of the AWS CLI's output that are understood. */
export const TARGET_LISTS = ['SecurityGroups', 'NetworkAcls', 'SecurityGroupRules'] as const;

export type TargetList = (typeof TARGET_LISTS)[number];

export interface TargetCollector {
  /**
   * Answers a target that the element is; undefined for a rule, which is kept until it is clear what else its group
   * has.
   */
  readonly take: (list: TargetList, index: number, element: unknown) => Result<Resource | undefined, RuleProblem>;
  /** The same for an element that stands elsewhere; `place` is the beginning of its fields' paths, such as `[3]`. */
  readonly takeAt: (list: TargetList, place: string, element: unknown) => Result<Resource | undefined, RuleProblem>;
  /** The groups of the rules. */
  readonly groups: () => readonly Resource[];
}

/** Takes lists element by element, so that long ones need not be held at once. */
export function createTargetCollector(): TargetCollector {
  const collector = createGroupCollector();
  const parsers = {
    SecurityGroups: parseSecurityGroup,
    NetworkAcls: parseNetworkAcl,
    SecurityGroupRules: collector.take,
  };
  const parse = (list: TargetList, element: unknown): Result<Resource | undefined, RuleProblem> =>
    isFields(element)
      ? parsers[list](element)
      : ruleProblem('wrong-type', '', element, 'is not an object; give what the AWS CLI prints');
  return {
    take(list, index, element) {
      const parsed = parse(list, element);
      return parsed.ok ? parsed : within(`${list}[${String(index)}]`, parsed.error);
    },
    takeAt(list, place, element) {
      const parsed = parse(list, element);
      return parsed.ok || place === '' ? parsed : within(place, parsed.error);
    },
    groups: collector.groups,
  };
}

/**
 * The list that an object stands in where the AWS CLI prints it, known by its fields; undefined where fields are
 * missing that a plan needs, as `--query` may leave them out.
 */
export function targetListOf(fields: Readonly<Record<string, unknown>>): TargetList | undefined {
  if (fields['NetworkAclId'] !== undefined && fields['Entries'] !== undefined) return 'NetworkAcls';
  if (fields['GroupId'] === undefined) return undefined;
  if (fields['IpPermissions'] !== undefined) return 'SecurityGroups';
  return fields['IpProtocol'] !== undefined && fields['IsEgress'] !== undefined ? 'SecurityGroupRules' : undefined;
}

/** The JSON that the AWS CLI prints for security groups, their rules or network ACLs; targets come in input order. */
export function parseTargets(output: unknown): Result<readonly Resource[], RuleProblem> {
  const fields = isFields(output) ? output : {};
  const lists = TARGET_LISTS.filter((list) => fields[list] !== undefined);
  if (lists.length === 0) {
    return ruleProblem(
      'unknown-shape',
      '',
      undefined,
      `holds none of ${TARGET_LISTS.join(', ')}; give what the AWS CLI prints for describe-security-groups, describe-network-acls or describe-security-group-rules`,
    );
  }
  // Groups and network ACLs are printed whole, however many pages there are; rules of a group may be on two.
  if (fields['SecurityGroupRules'] !== undefined && typeof fields['NextToken'] === 'string') {
    return ruleProblem(
      'incomplete',
      'NextToken',
      undefined,
      'says that there are more rules, and a group is judged by all of its own; run the AWS CLI without --max-items and --no-paginate',
    );
  }
  const collector = createTargetCollector();
  const targets: Resource[] = [];
  for (const list of lists) {
    const elements = fields[list] ?? [];
    if (!Array.isArray(elements)) {
      return ruleProblem('wrong-type', list, elements, 'is not a list; give what the AWS CLI prints');
    }
    for (const [index, element] of elements.entries()) {
      const taken = collector.take(list, index, element);
      if (!taken.ok) return taken;
      if (taken.value !== undefined) targets.push(taken.value);
    }
  }
  return success([...targets, ...collector.groups()]);
}
