import type { ProvisionedResource } from '../runtime/operation';
import type { World } from '../runtime/world';
import { NO_VALUE, resolve, type Scope } from './intrinsic-functions';
import type { Template, TemplateParameter } from './template';

export interface StackPlace {
  readonly world: World;
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
  /** Values that earlier stacks export in the same account and Region, by export name. */
  readonly exports: Map<string, unknown>;
}

export interface StackScope extends Scope {
  /** From here on `Ref` and `Fn::GetAtt` find the resource. */
  add(logicalId: string, resource: ProvisionedResource): void;
}

const URL_SUFFIXES: Readonly<Record<string, string>> = {
  'aws-cn': 'amazonaws.com.cn',
  'aws-iso': 'c2s.ic.gov',
  'aws-iso-b': 'sc2s.sgov.gov',
  'aws-eusc': 'amazonaws.eu',
};

/** @throws Error naming every parameter whose value is missing, unknown or not allowed. */
export function createStackScope(
  template: Template,
  given: Readonly<Record<string, string>>,
  place: StackPlace,
): StackScope {
  const { world, account, region, stackName, exports } = place;
  const parameters = resolveParameters(template.Parameters, given);
  const pseudoParameters: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': world.partition,
    'AWS::URLSuffix': URL_SUFFIXES[world.partition] ?? 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:${world.partition}:cloudformation:${region}:${account}:stack/${stackName}/${world.uuid()}`,
    'AWS::NotificationARNs': [],
    'AWS::NoValue': NO_VALUE,
  };
  const resources = new Map<string, ProvisionedResource>();

  const find = (logicalId: string): ProvisionedResource => {
    const resource = resources.get(logicalId);
    if (resource) return resource;
    throw new Error(
      logicalId in template.Resources
        ? `resource ${logicalId} was not created (its condition is false, or its type is ignored)`
        : `${logicalId} is neither a parameter nor a resource of the template`,
    );
  };

  const scope: StackScope = {
    ref: (name) => {
      if (name in pseudoParameters) return pseudoParameters[name];
      return parameters.has(name) ? parameters.get(name) : find(name).ref;
    },
    attribute: (logicalId, attributeName) => {
      const { attributes } = find(logicalId);
      if (attributeName in attributes) return attributes[attributeName];
      const known = Object.keys(attributes).join(', ') || 'none';
      throw new Error(`${logicalId} has no attribute ${attributeName} in the sandbox (it has: ${known})`);
    },
    mapping: (map, topLevelKey, secondLevelKey) => {
      const found = template.Mappings[map]?.[topLevelKey]?.[secondLevelKey];
      if (found === undefined) throw new Error(`no entry ${map}.${topLevelKey}.${secondLevelKey} in Mappings`);
      return found;
    },
    condition: (name) => {
      if (!(name in template.Conditions)) throw new Error(`no condition ${name} in Conditions`);
      return resolve(template.Conditions[name], scope, ['Conditions', name]) === true;
    },
    importValue: (exportName) => {
      if (exports.has(exportName)) return exports.get(exportName);
      throw new Error(`no stack deployed before this one exports ${exportName} in ${account} ${region}`);
    },
    availabilityZones: (zoneRegion) => ['a', 'b', 'c'].map((zone) => `${zoneRegion || region}${zone}`),
    add: (logicalId, resource) => {
      resources.set(logicalId, resource);
    },
  };
  return scope;
}

function resolveParameters(
  declared: Readonly<Record<string, TemplateParameter>>,
  given: Readonly<Record<string, string>>,
): ReadonlyMap<string, unknown> {
  const problems = Object.keys(given)
    .filter((name) => !(name in declared))
    .map((name) => `${name} is not declared by the template`);
  const values = new Map<string, unknown>();
  for (const [name, parameter] of Object.entries(declared)) {
    const value = given[name] ?? parameter.Default;
    if (value === undefined) {
      problems.push(`${name} has no value and no default`);
      continue;
    }
    const text = String(value);
    if (parameter.AllowedValues && !parameter.AllowedValues.map(String).includes(text)) {
      problems.push(`${name} is "${text}", but allowed are ${parameter.AllowedValues.map(String).join(', ')}`);
    }
    if (parameter.AllowedPattern !== undefined && !new RegExp(`^(?:${parameter.AllowedPattern})$`).test(text)) {
      problems.push(`${name} is "${text}", which does not match ${parameter.AllowedPattern}`);
    }
    // The value of an SSM-typed parameter (CDK's bootstrap version) stays the parameter's name: nothing is looked up.
    const isList = parameter.Type === 'CommaDelimitedList' || parameter.Type.startsWith('List<');
    values.set(name, isList ? text.split(',').map((item) => item.trim()) : text);
  }
  if (problems.length > 0) throw new Error(`Parameters: ${problems.join('; ')}`);
  return values;
}
