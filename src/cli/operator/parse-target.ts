import { partitionOf } from '../../core/partition-of';
import type { Target } from '../../core/target';
import { InputError } from '../cli-error';

/** `222222222222/eu-central-1/sg-0123456789abcdef0`. @throws InputError */
export function parseTarget(text: string): Target {
  const [, account, region, id] = /^(\d{12})\/([a-z0-9-]+)\/((?:sg|acl)-[0-9A-Za-z-]+)$/.exec(text) ?? [];
  if (account === undefined || region === undefined || id === undefined) {
    throw new InputError(
      `--target: "${text}" is no target; write ACCOUNT/REGION/ID, such as 222222222222/eu-central-1/sg-0123456789abcdef0`,
    );
  }
  const kind = id.startsWith('sg-') ? 'security-group' : 'network-acl';
  return { kind, partition: partitionOf(region), account, region, id };
}
