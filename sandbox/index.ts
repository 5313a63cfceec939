/**
 * The way in: start a sandbox, give it services, and deploy a synthesized cloud assembly into it.
 *
 * @example
 * const sandbox = await startSandbox({ services: createServices(), port: 4599, ... });
 * await deployAssembly(sandbox.world, { directory: 'cdk.out', stacks });
 */
export { deployAssembly, type StackToDeploy } from './cloudformation/deploy-assembly';
export { createServices } from './create-services';
export type { Clock } from './kernel/clock';
export { startSandbox, type Sandbox } from './sandbox';
