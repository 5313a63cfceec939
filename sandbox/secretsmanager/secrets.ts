import { AwsError } from '../runtime/aws-error';
import type { CallContext } from '../runtime/operation';
import { Regional } from '../runtime/regional';

export interface Version {
  readonly id: string;
  readonly text: string;
  readonly createdMillis: number;
}

export interface Secret {
  /** With the six characters behind its name. */
  readonly arn: string;
  readonly name: string;
  current: Version;
  previous: Version | undefined;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
const NAME = /^[\w/+=.@-]{1,512}$/;

/** The secrets of all accounts and Regions. */
export class Secrets {
  readonly #places = new Regional(() => new Map<string, Secret>());

  /** By name or whole ARN. */
  find({ account, region }: CallContext, nameOrArn: string): Secret | undefined {
    const here = this.#places.at(account, region);
    return here.get(nameOrArn) ?? [...here.values()].find(({ arn }) => arn === nameOrArn);
  }

  /** @throws AwsError ResourceNotFoundException */
  get(context: CallContext, nameOrArn = ''): Secret {
    const secret = this.find(context, nameOrArn);
    if (secret) return secret;
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }

  arnPrefix({ world, account, region }: CallContext, name: string): string {
    return `arn:${world.partition}:secretsmanager:${region}:${account}:secret:${name}`;
  }

  /** @throws AwsError ResourceExistsException, ValidationException */
  create(context: CallContext, name: string, text: string): Secret {
    if (!NAME.test(name)) throw new AwsError('ValidationException', `Invalid name: ${name}`);
    if (this.find(context, name)) {
      const message = `The operation failed because the secret ${name} already exists.`;
      throw new AwsError('ResourceExistsException', message);
    }
    const arn = `${this.arnPrefix(context, name)}-${context.world.id('', 6)}`;
    const secret: Secret = { arn, name, current: versionOf(context, text), previous: undefined };
    this.#places.at(context.account, context.region).set(name, secret);
    return secret;
  }

  put(context: CallContext, secret: Secret, text: string): void {
    secret.previous = secret.current;
    secret.current = versionOf(context, text);
  }
}

function versionOf({ world }: CallContext, text: string): Version {
  return { id: world.uuid(), text, createdMillis: world.clock.now() };
}
