import type { SandboxWorld } from '../runtime/create-world';
import { openCloudAssembly } from './cloud-assembly';
import { collectProvisioners, createStack } from './create-stack';

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
    const assetPath = (objectKey: string): string | undefined => opened.assetPath(objectKey);
    const { outputs } = await createStack({ template, parameters, place, provisioners, assetPath });
    deployed.push({ stackName, account, region, outputs });
  }
  return deployed;
}
