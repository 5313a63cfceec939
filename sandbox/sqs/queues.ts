import { parseArn } from '../runtime/arn';
import { AwsError } from '../runtime/aws-error';
import type { CallContext } from '../runtime/operation';
import { Regional } from '../runtime/regional';
import type { World } from '../runtime/world';
import { Queue, type QueueSettings } from './queue';

export const DEFAULT_SETTINGS: QueueSettings = {
  visibilityTimeoutSeconds: 30,
  delaySeconds: 0,
  retentionSeconds: 345_600,
  receiveWaitSeconds: 0,
  redrive: undefined,
};

/** The queues of all accounts and Regions. */
export class Queues {
  readonly #places = new Regional(() => new Map<string, Queue>());

  /** @throws AwsError QueueNameExists */
  create(
    place: { readonly world: World; readonly account: string; readonly region: string },
    name: string,
    settings: QueueSettings,
  ): Queue {
    if (!/^[\w-]{1,80}$/.test(name)) {
      throw new AwsError(
        'InvalidParameterValue',
        `Queue name "${name}": 1 to 80 letters, digits, - or _; FIFO queues are not in the sandbox`,
      );
    }
    const queues = this.#places.at(place.account, place.region);
    if (queues.has(name)) throw new AwsError('QueueNameExists', `A queue named ${name} already exists.`);
    const queue = new Queue({ ...place, name, settings, deadLetter: (arn) => this.findByArn(arn) });
    queues.set(name, queue);
    return queue;
  }

  remove(account: string, region: string, name: string): void {
    this.#places.at(account, region).delete(name);
  }

  findByArn(queueArn: string): Queue | undefined {
    const arn = parseArn(queueArn);
    return arn && this.find(arn.account, arn.region, arn.resource);
  }

  find(account: string, region: string, name: string): Queue | undefined {
    return this.#places.at(account, region).get(name);
  }

  /** @throws AwsError QueueDoesNotExist */
  byUrl(queueUrl: string | undefined, context: CallContext): Queue {
    const { account, name } = parseQueueUrl(queueUrl, context);
    return this.find(account, context.region, name) ?? fail();
  }

  list(account: string, region: string): readonly Queue[] {
    return [...this.#places.at(account, region).values()];
  }

  all(): readonly Queue[] {
    return this.#places.all().flatMap(({ state }) => [...state.values()]);
  }
}

function fail(): never {
  throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
}

/** `http://…/111111111111/name`; the queue's own account counts, the host does not. */
function parseQueueUrl(queueUrl = '', context: CallContext): { readonly account: string; readonly name: string } {
  const [name = '', account = context.account] = queueUrl.split('/').reverse();
  return { account: /^\d{12}$/.test(account) ? account : context.account, name };
}

/**
 * The ARN on which actions on a queue are permitted, whether there is such a queue or not.
 * @param queueUrl a URL, or the name of a queue in the caller's account
 */
export function queueArnOf(queueUrl: string | undefined, context: CallContext): string {
  const { account, name } = parseQueueUrl(queueUrl, context);
  return `arn:${context.world.partition}:sqs:${context.region}:${account}:${name}`;
}
