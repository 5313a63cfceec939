import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

/** Of nobody: the sandbox's outside world answers for every address, and none is ever reached. */
const ADDRESSES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  webhook: { url: 'https://hook.example.com/portcullis' },
  serviceNow: { instance: 'https://example.service-now.com' },
  jira: { site: 'https://example.atlassian.net', project: 'SEC' },
};

/** A configuration in which channels without an address have one of the sandbox's outside world. */
export function withSandboxAddresses(data: unknown): unknown {
  if (!isObject(data) || !isObject(data['notifications'])) return data;
  const notifications = Object.entries(data['notifications']).map(([name, channel]) => {
    const addresses = Object.hasOwn(ADDRESSES, name) ? ADDRESSES[name] : undefined;
    // `webhook:` with nothing behind it is null in YAML.
    return [name, addresses && (isObject(channel) || channel === null) ? { ...addresses, ...channel } : channel];
  });
  return { ...data, notifications: Object.fromEntries(notifications) as unknown };
}

/** The file itself, or a copy in a directory where channels lack an address. */
export function writeCompleted(file: string, directory: string, index: number): string {
  const data: unknown = parse(readFileSync(file, 'utf8'));
  if (!isObject(data) || data['notifications'] === undefined) return file;
  const copy = join(directory, `portcullis-${String(index)}.yaml`);
  writeFileSync(copy, stringify(withSandboxAddresses(data)));
  return copy;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
