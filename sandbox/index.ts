/**
 * The way in: start a sandbox, give it services, and deploy a synthesized cloud assembly into it.
 *
 * @example
 * const hub = { account: '111111111111', region: 'eu-central-1' };
 * const places = { accounts: [hub.account], regions: [hub.region], hub };
 * const sandbox = await startSandbox({ ...places, services: createServices(), clockMode: 'real', port: 4599 });
 * const stacks = [{ templateFile: 'PortcullisHub.template.json', ...hub }];
 * await deployAssembly(sandbox.world, { directory: 'cdk.out', stacks });
 * await sandbox.stop();
 */
export { deployAssembly, type DeployedStack, type StackToDeploy } from './cloudformation/deploy-assembly';
export { standConnector } from './securityhub/stand-connector';
export { createServices } from './create-services';
export type { Clock } from './runtime/clock';
export { startSandbox, type Sandbox } from './sandbox';
