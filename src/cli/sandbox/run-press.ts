import * as z from 'zod';
import { InputError } from '../cli-error';
import { isHttpUrl } from '../environment-endpoints';
import { plural } from '../plural';
import { pressCustomAction } from '../scenarios/press';
import { SandboxClients } from '../scenarios/sandbox-clients';

export interface RunPressOptions {
  readonly endpoint: string;
  /** Default: the sandbox's own hub. */
  readonly account?: string;
  readonly region?: string;
  /** Of the deployment whose action it is. */
  readonly prefix?: string;
}

/**
 * Presses a custom action in a sandbox that is running.
 *
 * @throws InputError for what is no sandbox, no action or no finding; Error when nothing answers
 */
export async function runPress(action: string, findingIds: readonly string[], options: RunPressOptions): Promise<void> {
  const hub = await fetchHub(options.endpoint);
  const { account = hub.account, region = hub.region } = options;
  const clients = new SandboxClients(options.endpoint);
  const api = {
    securityHub: clients.securityHub(account, region),
    eventBridge: clients.eventBridge(account, region),
  };
  await pressCustomAction(api, action, findingIds, options.prefix);
  process.stdout.write(`"${action}" pressed for ${plural(findingIds.length, 'finding')}\n`);
}

const worldSchema = z.object({ hub: z.object({ account: z.string(), region: z.string() }) });

async function fetchHub(endpoint: string): Promise<z.output<typeof worldSchema>['hub']> {
  if (!isHttpUrl(endpoint)) {
    throw new InputError(`--endpoint: "${endpoint}" is not a URL; write one such as http://127.0.0.1:4599`);
  }
  const response = await fetch(new URL('/_sandbox/world', endpoint)).catch(() => undefined);
  if (response === undefined) {
    throw new Error(`no sandbox answers at ${endpoint}; start one with: portcullis sandbox`);
  }
  const world = worldSchema.safeParse(await response.json().catch(() => undefined));
  if (world.success) return world.data.hub;
  throw new InputError(`what answers at ${endpoint} is no sandbox of Portcullis; --endpoint names another one`);
}
