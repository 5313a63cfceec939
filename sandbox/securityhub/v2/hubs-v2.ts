import { createHash } from 'node:crypto';

import type { CallContext } from '../../runtime/operation';
import type { World } from '../../runtime/world';
import { notFound } from '../securityhub-error';

interface Place {
  readonly account: string;
  readonly region: string;
}

export interface HubV2 {
  readonly arn: string;
  /** ISO 8601. */
  readonly subscribedAt: string;
}

/**
 * Where Security Hub V2 is switched on. The hub account's aggregation Region switches it on for the whole organization,
 * as its policy would: https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-enable.html
 */
export class HubsV2 {
  readonly #since = new Map<string, string>();

  enable(world: World, place: Place): string {
    const key = keyOf(place);
    if (!this.#since.has(key)) this.#since.set(key, new Date(world.clock.now()).toISOString());
    return hubV2Arn(world, place);
  }

  disable(place: Place): void {
    this.#since.delete(keyOf(place));
  }

  isOn(world: World, place: Place): boolean {
    return this.#sinceWhen(world, place) !== undefined;
  }

  /** @throws AwsError ResourceNotFoundException where it is not switched on */
  describe({ world, account, region }: CallContext): HubV2 {
    const subscribedAt = this.#sinceWhen(world, { account, region });
    if (subscribedAt === undefined) throw notFound('Security Hub V2 is not enabled.');
    return { arn: hubV2Arn(world, { account, region }), subscribedAt };
  }

  #sinceWhen(world: World, place: Place): string | undefined {
    return this.#since.get(keyOf(place)) ?? this.#since.get(keyOf(world.hub));
  }
}

function keyOf({ account, region }: Place): string {
  return `${account}/${region}`;
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecurityhub.html */
export function hubV2Arn({ partition }: World, { account, region }: Place): string {
  const digits = createHash('sha256').update(`${account}/${region}`).digest('hex');
  const id = [8, 4, 4, 4, 12].map((length, at, all) => {
    const start = all.slice(0, at).reduce((sum, each) => sum + each, 0);
    return digits.slice(start, start + length);
  });
  return `arn:${partition}:securityhub:${region}:${account}:hubv2/${id.join('-')}`;
}
