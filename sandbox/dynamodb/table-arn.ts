import { parseArn } from '../runtime/arn';
import type { World } from '../runtime/world';

interface Place {
  readonly world: World;
  readonly account: string;
  readonly region: string;
}

/** Requests may name a table by its ARN; the engine knows names only. */
export function toTableName(nameOrArn = ''): string {
  return parseArn(nameOrArn)?.resource.replace(/^table\//, '') ?? nameOrArn;
}

/** The ARN of a table that a request names; a name or an ARN of elsewhere is read as a table of this place. */
export function tableArn({ world, account, region }: Place, nameOrArn: string | undefined): string {
  return `arn:${world.partition}:dynamodb:${region}:${account}:table/${toTableName(nameOrArn)}`;
}
