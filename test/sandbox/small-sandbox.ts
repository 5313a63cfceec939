import type { ProvisionedResource, Service } from '../../sandbox/runtime/operation';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox';

export const hub = '111111111111';
export const member = '222222222222';
export const home = 'eu-central-1';
export const linked = 'us-east-1';
export const startMillis = Date.parse('2026-01-31T12:00:00.000Z');

/** A hub and a member in two Regions, with time that stands still, and only the services that a test asks for. */
export function startSmallSandbox(...services: readonly Service[]): Promise<Sandbox> {
  return startSmallSandboxWith({}, ...services);
}

export function startSmallSandboxWith(
  options: Pick<SandboxOptions, 'keepsRateQuotas'>,
  ...services: readonly Service[]
): Promise<Sandbox> {
  return startSandbox({
    ...options,
    services,
    accounts: [hub, member],
    regions: [home, linked],
    hub: { account: hub, region: home },
    clockMode: 'manual',
    startMillis,
  });
}

export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
}

/** What an SDK client needs to call as the administrator of an account. */
export function asAdministrator({ endpoint }: Sandbox, account: string, region = home): ClientSettings {
  return { endpoint, region, credentials: { accessKeyId: account, secretAccessKey: 'any' }, maxAttempts: 1 };
}

/** Makes a resource as the deployment of a template does. */
export async function provision(
  { world }: Sandbox,
  type: string,
  properties: Readonly<Record<string, unknown>>,
  { account = hub, region = home, logicalId = 'Thing' } = {},
): Promise<ProvisionedResource> {
  const make = world.services.map(({ provisioners }) => provisioners?.[type]).find((found) => found !== undefined);
  if (!make) throw new Error(`No service makes ${type}`);
  return make(properties, { world, account, region, logicalId, stackName: 'Test' });
}

/** Makes a role that an account's service may take on, with one policy. */
export async function provisionRole(
  sandbox: Sandbox,
  role: {
    readonly name: string;
    readonly account: string;
    readonly trusted: string;
    readonly actions: readonly string[];
  },
): Promise<string> {
  const { attributes } = await provision(
    sandbox,
    'AWS::IAM::Role',
    {
      RoleName: role.name,
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: role.trusted }, Action: 'sts:AssumeRole' }],
      },
      Policies: [
        {
          PolicyName: 'Only',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: role.actions, Resource: '*' }],
          },
        },
      ],
    },
    { account: role.account },
  );
  return attributes['Arn'] ?? '';
}

/** What a call throws, undefined when nothing. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call();
    return undefined;
  } catch (error) {
    return error;
  }
}
