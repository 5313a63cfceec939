import type { SandboxWorld } from '../runtime/create-world';
import type { Provisioner } from '../runtime/operation';
import { openCloudAssembly, type CloudAssembly } from './cloud-assembly';
import { creationOrder } from './creation-order';
import { isCustomResource, makeCustomResource } from './custom-resource';
import { isRecord, resolve, UnresolvedValue } from './intrinsic-functions';
import { createStackScope, type StackPlace, type StackScope } from './stack-scope';
import type { Template, TemplateResource } from './template';

export interface StackToDeploy {
  /** `PortcullisHub.template.json`, within the assembly's directory. */
  readonly templateFile: string;
  readonly account: string;
  readonly region: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Default: the file's name without `.template.json`. */
  readonly stackName?: string;
}

export interface DeployedStack {
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** A stack that cannot be deployed as it is; the message names the stack, its place, the resource and the property. */
class DeploymentError extends Error {}

/** Types that stand for nothing at run time. */
const IGNORED_TYPES: ReadonlySet<string> = new Set(['AWS::CDK::Metadata']);

/**
 * Creates the stacks of a synthesized cloud assembly in the order given; one template may be deployed to many places.
 * Nothing is rolled back: a world in which a deployment failed is to be thrown away.
 * @throws DeploymentError at the first resource that cannot be made.
 */
export async function deployAssembly(
  world: SandboxWorld,
  assembly: { readonly directory: string; readonly stacks: readonly StackToDeploy[] },
): Promise<readonly DeployedStack[]> {
  const opened = openCloudAssembly(assembly.directory);
  const provisioners = collectProvisioners(world);
  const exportsByPlace = new Map<string, Map<string, unknown>>();
  const deployed: DeployedStack[] = [];
  for (const stack of assembly.stacks) {
    const { account, region, parameters = {} } = stack;
    const exports = exportsByPlace.get(`${account}/${region}`) ?? new Map<string, unknown>();
    exportsByPlace.set(`${account}/${region}`, exports);
    const stackName = stack.stackName ?? stack.templateFile.replace(/\.template\.json$/, '');
    const place = { world, account, region, stackName, exports };
    const template = opened.readTemplate(stack.templateFile);
    const scope = blame(place, [], () => createStackScope(template, parameters, place));
    await createResources(template, scope, place, provisioners, opened);
    deployed.push({ stackName, account, region, outputs: resolveOutputs(template, scope, place) });
  }
  return deployed;
}

function collectProvisioners(world: SandboxWorld): ReadonlyMap<string, Provisioner> {
  return new Map(world.services.flatMap(({ provisioners = {} }) => Object.entries(provisioners)));
}

async function createResources(
  template: Template,
  scope: StackScope,
  place: StackPlace,
  provisioners: ReadonlyMap<string, Provisioner>,
  assembly: CloudAssembly,
): Promise<void> {
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
    const assetPath = (objectKey: string): string | undefined => assembly.assetPath(objectKey);
    try {
      const made = await provisioner(properties, { world, account, region, logicalId, stackName, assetPath });
      scope.add(logicalId, made);
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
