import type { Provisioner, ProvisionedResource, Service } from '../runtime/operation';
import type { World } from '../runtime/world';
import { creationOrder } from './creation-order';
import { isCustomResource, makeCustomResource } from './custom-resource';
import { isRecord, resolve, UnresolvedValue } from './intrinsic-functions';
import { createStackScope, type StackPlace, type StackScope } from './stack-scope';
import type { Template, TemplateResource } from './template';

export type AssetPath = (objectKey: string) => string | undefined;

/** What a stack is made of, and with. */
export interface StackToCreate {
  readonly template: Template;
  readonly parameters: Readonly<Record<string, string>>;
  readonly place: StackPlace;
  readonly provisioners: ReadonlyMap<string, Provisioner>;
  readonly assetPath: AssetPath;
}

export interface CreatedStack {
  readonly stackId: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** A stack that cannot be deployed as it is; the message names the stack, its place, the resource and the property. */
class DeploymentError extends Error {}

/** Types that stand for nothing at run time. */
const IGNORED_TYPES: ReadonlySet<string> = new Set(['AWS::CDK::Metadata']);

/** What every service of a world knows how to make. */
export function collectProvisioners(world: World): ReadonlyMap<string, Provisioner> {
  // Services of a world know more than other services may know of them.
  const services = world.services as readonly Service[];
  return new Map(services.flatMap(({ provisioners = {} }) => Object.entries(provisioners)));
}

/**
 * Creates one stack.
 *
 * @param onMade called with every resource as soon as it is there, so that whoever gives up can take it away
 * @throws DeploymentError at the first resource that cannot be made.
 */
export async function createStack(
  { template, parameters, place, provisioners, assetPath }: StackToCreate,
  onMade: (type: string, resource: ProvisionedResource) => void = () => undefined,
): Promise<CreatedStack> {
  const scope = blame(place, [], () => createStackScope(template, parameters, place));
  await createResources({ template, scope, place, provisioners, assetPath, onMade });
  return { stackId: String(scope.ref('AWS::StackId')), outputs: resolveOutputs(template, scope, place) };
}

async function createResources({
  template,
  scope,
  place,
  provisioners,
  assetPath,
  onMade,
}: Omit<StackToCreate, 'parameters'> & {
  readonly scope: StackScope;
  readonly onMade: (type: string, resource: ProvisionedResource) => void;
}): Promise<void> {
  const { world, account, region, stackName } = place;
  for (const logicalId of blame(place, [], () => creationOrder(template.Resources))) {
    const resource = template.Resources[logicalId];
    if (!resource || IGNORED_TYPES.has(resource.Type) || !isWanted(resource, scope, place, logicalId)) continue;
    const { Type: type } = resource;
    const stackId = String(scope.ref('AWS::StackId'));
    const provisioner = isCustomResource(type)
      ? (given: Readonly<Record<string, unknown>>) =>
          makeCustomResource(given, { world, account, region, type, logicalId, stackId })
      : provisioners.get(type);
    if (!provisioner) {
      throw new DeploymentError(`${describe(place, [logicalId])}: the sandbox cannot make a ${resource.Type}`);
    }
    const properties = blame(place, [logicalId], () => resolve(resource.Properties, scope));
    if (!isRecord(properties)) throw new DeploymentError(`${describe(place, [logicalId])}: Properties must be a map`);
    try {
      const made = await provisioner(properties, { world, account, region, logicalId, stackName, assetPath });
      scope.add(logicalId, made);
      onMade(type, made);
    } catch (error) {
      throw toDeploymentError(error, place, [logicalId, resource.Type]);
    }
  }
}

function isWanted(resource: TemplateResource, scope: StackScope, place: StackPlace, logicalId: string): boolean {
  const { Condition } = resource;
  return Condition === undefined || blame(place, [logicalId, 'Condition'], () => scope.condition(Condition));
}

function resolveOutputs(template: Template, scope: StackScope, place: StackPlace): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  for (const [name, output] of Object.entries(template.Outputs)) {
    const { Condition, Value, Export } = output;
    blame(place, ['Outputs', name], () => {
      if (Condition !== undefined && !scope.condition(Condition)) return;
      const value = resolve(Value, scope);
      outputs[name] = String(value);
      if (Export) place.exports.set(String(resolve(Export.Name, scope)), value);
    });
  }
  return outputs;
}

/** Says of an error in which part of which stack it happened. */
function blame<Value>(place: StackPlace, part: readonly string[], run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    throw toDeploymentError(error, place, part);
  }
}

function toDeploymentError(error: unknown, place: StackPlace, part: readonly string[]): DeploymentError {
  const path = error instanceof UnresolvedValue && error.path ? [...part, error.path] : part;
  const reason = error instanceof Error ? error.message : String(error);
  return new DeploymentError(`${describe(place, path)}: ${reason}`, { cause: error });
}

function describe({ stackName, account, region }: StackPlace, part: readonly string[]): string {
  return `Stack ${[`${stackName} (${account} ${region})`, ...part].join(', ')}`;
}
