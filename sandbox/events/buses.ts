import type { Target } from '@aws-sdk/client-eventbridge';

import { parseArn } from '../runtime/arn';
import { AwsError } from '../runtime/aws-error';
import type { PolicyDocument, PolicyStatement } from '../runtime/operation';
import { Regional } from '../runtime/regional';
import type { World } from '../runtime/world';
import type { EventPattern } from './event-pattern';

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly roleArn: string | undefined;
  readonly patternJson: string;
  readonly pattern: EventPattern;
  state: 'ENABLED' | 'DISABLED';
  readonly targets: Map<string, Target>;
}

export interface Bus {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** By Sid, so that putting a statement again replaces it. */
  readonly policy: Map<string, PolicyStatement>;
  readonly rules: Map<string, Rule>;
}

/** A target that could not be reached and whose event went to no dead-letter queue. */
export interface FailedInvocation {
  readonly at: string;
  readonly ruleArn: string;
  readonly targetArn: string;
  readonly code: string;
  readonly message: string;
  readonly eventId: string;
}

/** What the buses of all accounts and Regions hold. */
export class Buses {
  readonly #places = new Regional((account, region) => ({ account, region, buses: new Map<string, Bus>() }));
  readonly failedInvocations: FailedInvocation[] = [];

  /** @param nameOrArn the default bus when undefined */
  find(account: string, region: string, nameOrArn?: string): Bus | undefined {
    const name = toBusName(nameOrArn);
    const { buses } = this.#places.at(account, region);
    return buses.get(name) ?? (name === 'default' ? this.#add(account, region, name) : undefined);
  }

  /** @throws AwsError ResourceNotFoundException */
  get(account: string, region: string, nameOrArn?: string): Bus {
    const bus = this.find(account, region, nameOrArn);
    if (!bus) throw new AwsError('ResourceNotFoundException', `Event bus ${toBusName(nameOrArn)} does not exist.`);
    return bus;
  }

  /** @throws AwsError ResourceAlreadyExistsException */
  create(account: string, region: string, name: string): Bus {
    if (this.find(account, region, name)) {
      throw new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
    }
    return this.#add(account, region, name);
  }

  list(account: string, region: string): readonly Bus[] {
    this.get(account, region);
    return [...this.#places.at(account, region).buses.values()];
  }

  all(): readonly Bus[] {
    return this.#places.all().flatMap(({ state }) => [...state.buses.values()]);
  }

  #add(account: string, region: string, name: string): Bus {
    const bus: Bus = { name, account, region, policy: new Map(), rules: new Map() };
    this.#places.at(account, region).buses.set(name, bus);
    return bus;
  }
}

/** The name of a bus that is named by its name or its ARN; `default` when it is not named. */
export function toBusName(nameOrArn = 'default'): string {
  return nameOrArn.startsWith('arn:')
    ? (parseArn(nameOrArn)?.resource.replace('event-bus/', '') ?? nameOrArn)
    : nameOrArn;
}

/** `arn:aws:events:REGION:ACCOUNT:event-bus/NAME` */
export function busArn(world: World, bus: Pick<Bus, 'account' | 'region' | 'name'>): string {
  return `arn:${world.partition}:events:${bus.region}:${bus.account}:event-bus/${bus.name}`;
}

/**
 * `arn:aws:events:REGION:ACCOUNT:rule/NAME`; rules of other buses than the default one have `BUS/` before their name.
 */
export function ruleArn(world: World, bus: Bus, ruleName: string): string {
  const path = bus.name === 'default' ? ruleName : `${bus.name}/${ruleName}`;
  return `arn:${world.partition}:events:${bus.region}:${bus.account}:rule/${path}`;
}

/** The resource policy that its statements make together; undefined when nobody put one. */
export function policyOf(bus: Bus): PolicyDocument | undefined {
  return bus.policy.size === 0 ? undefined : { Version: '2012-10-17', Statement: [...bus.policy.values()] };
}
