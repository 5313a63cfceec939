import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Configuration } from '../../core/configuration/configuration-schema';
import { toDeploymentNames } from '../../core/configuration/deployment-names';
import { deployAssembly, type StackToDeploy } from '../../sandbox/cloudformation/deploy-assembly';
import { createServices } from '../../sandbox/create-services';
import type { Clock } from '../../sandbox/kernel/clock';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import { readConfiguration } from '../../../stacks/config';
import { InputError } from '../cli-error';
import { readAssemblyStacks } from './assembly-stacks';
import { synthesizeApp } from './synthesize-app';

/** Accounts with the member stack, beside the hub's own. */
export const MEMBERS = ['222222222222', '333333333333'] as const;
/** In the organization, but nobody has deployed the member stack there. */
export const ACCOUNT_WITHOUT_ROLES = '444444444444';

export interface PortcullisSandboxOptions {
  /** A `portcullis.yaml`. */
  readonly configurationFile: string;
  readonly port: number;
  readonly clockMode: Clock['mode'];
  /** Told what is under way, in a few words each. */
  readonly onProgress: (step: string) => void;
}

export interface PortcullisSandbox extends Sandbox {
  readonly configuration: Configuration;
  readonly members: readonly string[];
}

/**
 * An embedded AWS with Portcullis deployed into it: hub stack, the member stack in every member account and Region, and
 * the rules stacks, all from the synthesized assembly.
 *
 * @throws InputError when the configuration has mistakes
 */
export async function startPortcullisSandbox(options: PortcullisSandboxOptions): Promise<PortcullisSandbox> {
  const { configurationFile, port, clockMode, onProgress } = options;
  const configuration = readConfiguration(configurationFile);
  if (!configuration.ok) throw new InputError(configuration.error.join('\n'));
  const { hub, members, organizationId } = configuration.value;
  const accounts = [...new Set([hub.account, ...MEMBERS, ACCOUNT_WITHOUT_ROLES])];
  const regions = [...new Set([hub.aggregationRegion, ...members.regions])];

  const directory = await mkdtemp(join(tmpdir(), 'portcullis-'));
  try {
    onProgress('synthesizing the stacks');
    await synthesizeApp(configurationFile, directory);
    onProgress('starting the embedded AWS');
    const sandbox = await startSandbox({
      services: createServices(),
      accounts,
      regions,
      hub: { account: hub.account, region: hub.aggregationRegion },
      organizationId,
      clockMode,
      port,
    });
    const stop = async (): Promise<void> => {
      await sandbox.stop();
      await rm(directory, { recursive: true, force: true });
    };
    try {
      const stacks = toStacks(directory, configuration.value);
      onProgress(`deploying ${String(stacks.length)} stacks`);
      await deployAssembly(sandbox.world, { directory, stacks });
    } catch (error) {
      await sandbox.stop();
      throw error;
    }
    return { ...sandbox, stop, configuration: configuration.value, members: MEMBERS };
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

/** Stacks with an environment go there; the member stack goes to every member account and Region, the hub's too. */
function toStacks(directory: string, { hub, members, prefix }: Configuration): readonly StackToDeploy[] {
  const memberStack = toDeploymentNames(prefix).stacks.member;
  // IAM is global: the primary Region comes first, because it makes the roles that the others' documents name.
  const regions = [members.primaryRegion, ...members.regions.filter((region) => region !== members.primaryRegion)];
  return readAssemblyStacks(directory).flatMap(({ name, templateFile, environment }): StackToDeploy[] => {
    if (environment) return [{ stackName: name, templateFile, ...environment }];
    if (name !== memberStack) throw new Error(`Stack ${name} has no environment, and is not the member stack`);
    return [hub.account, ...MEMBERS].flatMap((account) =>
      regions.map((region) => ({ stackName: name, templateFile, account, region })),
    );
  });
}
