import { createIam } from '../iam/iam-service';
import { judgePermission } from '../iam/authorize';
import { RoleStore } from '../iam/role-store';
import { SessionIdentity } from '../sts/session-identity';
import { SessionStore } from '../sts/session-store';
import { createSts } from '../sts/sts-service';
import { AwsError } from './aws-error';
import { carryOut } from './carry-out';
import type { Clock } from './clock';
import { Faults, toAccessDenied, toFaultError } from './faults';
import {
  callEnded,
  callMade,
  type Call,
  type CallContext,
  type CallEnded,
  type CallMade,
  type Operation,
  type Service,
} from './operation';
import { RateLimits } from './rate-limits';
import { SeededIds } from './seeded-ids';
import { RATE_QUOTAS } from './service-quotas';
import { TaskClock } from './task-clock';
import type { World } from './world';

export interface WorldOptions {
  /** All services but IAM and STS, which every world has. */
  readonly services: readonly Service[];
  readonly accounts: readonly string[];
  /** The Security Hub administrator's account and its aggregation Region. */
  readonly hub: { readonly account: string; readonly region: string };
  readonly regions: readonly string[];
  /** Default `aws`. */
  readonly partition?: string;
  /** Default `o-sandbox0000`. */
  readonly organizationId?: string;
  readonly clockMode: Clock['mode'];
  /** Where `manual` time stands at first. Default: the machine's time. */
  readonly startMillis?: number;
  /** `skipping` time jumps over no wait longer than this. Default: one hour. */
  readonly horizonMillis?: number;
  /** Ids are the same in every run with the same seed. Default 1. */
  readonly seed?: number;
  /** Whether calls above a service's rate quota are throttled, by the sandbox's time. Default: they are not. */
  readonly keepsRateQuotas?: boolean;
}

/** @throws Error when the options contradict each other. */
export function createWorld(options: WorldOptions): SandboxWorld {
  return new SandboxWorld(options);
}

/**
 * What lies behind the server: who is where, the services, time, ids, faults and rate quotas. Every call of an
 * operation goes through its `call`, which refuses, fails or lets happen as quotas, faults and policies say.
 */
export class SandboxWorld implements World {
  readonly partition: string;
  readonly organizationId: string;
  readonly #accounts: string[];
  readonly #left = new Set<string>();
  /** By account/Region: those that somebody enabled or disabled. */
  readonly #optIns = new Map<string, ReturnType<World['optInStatus']>>();
  readonly regions: readonly string[];
  readonly hub: World['hub'];
  readonly clock: Clock;
  readonly identity: SessionIdentity;
  readonly faults = new Faults();
  readonly #rateLimits: RateLimits;
  readonly services: readonly Service[];
  readonly #services: ReadonlyMap<string, Service>;
  readonly #roles = new RoleStore();
  readonly #ids: SeededIds;
  /** Apart from the resources' ids, so that one poll more does not change them. */
  readonly #requestIds: SeededIds;
  readonly #listeners = new Map<string, ((payload: unknown) => void)[]>();
  #endpoint: string | undefined;
  /** What whoever deployed into it wants to have reported by `GET /_sandbox/world`. */
  readonly reported: Record<string, unknown> = {};

  constructor(options: WorldOptions) {
    this.partition = options.partition ?? 'aws';
    this.organizationId = options.organizationId ?? 'o-sandbox0000';
    this.#accounts = [...options.accounts];
    this.regions = options.regions;
    this.hub = options.hub;
    checkPlaces(options);
    this.#rateLimits = new RateLimits(options.keepsRateQuotas === true ? RATE_QUOTAS : {});
    this.clock = new TaskClock({ mode: options.clockMode, ...optional(options) });
    this.#ids = new SeededIds(options.seed ?? 1);
    this.#requestIds = new SeededIds(~(options.seed ?? 1));
    const sessions = new SessionStore(this.#ids);
    this.identity = new SessionIdentity(this, this.#roles, sessions);
    this.services = [createIam(this.#roles), createSts(this.#roles, sessions), ...options.services];
    this.#services = new Map(this.services.map((service) => [service.signingName, service]));
    for (const service of this.services) service.start?.(this);
  }

  get endpoint(): string {
    if (this.#endpoint === undefined) throw new Error('The sandbox has no endpoint before its server listens.');
    return this.#endpoint;
  }

  /** Set by the server once it listens. */
  set endpoint(url: string) {
    this.#endpoint = url;
  }

  get accounts(): readonly string[] {
    return this.#accounts;
  }

  organizationOf(account: string): string | undefined {
    return this.#left.has(account) ? undefined : this.organizationId;
  }

  addAccount(account: string): void {
    this.#accounts.push(account);
  }

  removeAccount(account: string): void {
    this.#left.add(account);
  }

  optInStatus(account: string, region: string): ReturnType<World['optInStatus']> {
    return this.#optIns.get(`${account}/${region}`) ?? 'opt-in-not-required';
  }

  /**
   * The account disables a Region, or enables it again, as if it were one that is not enabled by default.
   *
   * @throws AwsError for a Region that the sandbox does not have, and for the hub's: no account can disable that.
   */
  setRegionEnabled(account: string, region: string, isEnabled: boolean): void {
    if (!this.#accounts.includes(account) || !this.regions.includes(region) || region === this.hub.region) {
      throw new AwsError('ValidationException', `${region} is no Region that account ${account} can disable.`);
    }
    this.#optIns.set(`${account}/${region}`, isEnabled ? 'opted-in' : 'not-opted-in');
  }

  id(prefix: string, hexDigits: number): string {
    return this.#ids.id(prefix, hexDigits);
  }

  uuid(): string {
    return this.#ids.uuid();
  }

  requestId(): string {
    return this.#requestIds.uuid();
  }

  call(signingName: string, operation: string, input: object, call: Call): Promise<unknown> {
    return this.clock.busy(this.#call(this.service(signingName), operation, input, call));
  }

  service(signingName: string): Service {
    const service = this.#services.get(signingName);
    if (service) return service;
    throw new AwsError(
      'NotInTheSandbox',
      `Service ${signingName} is not in the sandbox; docs/sandbox.md lists what is.`,
      400,
    );
  }

  get keepsHistory(): boolean {
    return this.faults.mayReadStale;
  }

  on(signal: string, listener: (payload: unknown) => void): void {
    this.#listeners.set(signal, [...(this.#listeners.get(signal) ?? []), listener]);
  }

  emit(signal: string, payload: unknown): void {
    for (const listener of this.#listeners.get(signal) ?? []) listener(payload);
  }

  async stop(): Promise<void> {
    this.clock.stop();
    for (const service of this.services) await service.stop?.();
  }

  async #call(service: Service, name: string, input: object, call: Call): Promise<unknown> {
    const operation = findOperation(service, name);
    const context: CallContext = { ...call, world: this, requestId: this.requestId() };
    const isAdmitted = this.#rateLimits.admit(service.signingName, name, call, this.clock.now(), input);
    this.emit(callMade, { service: service.signingName, operation: name, input, call, isAdmitted } satisfies CallMade);
    if (!isAdmitted) {
      for (const each of this.services) await each.whenThrottled?.(call);
      throw toFaultError('throttle', service, name);
    }
    const fault = this.faults.inject(service.signingName, name, call, this.clock.now());
    return carryOut(fault, { service, operation: name, context }, async (made) => {
      const ended = { service: service.signingName, operation: name, input, call, requestId: context.requestId };
      try {
        this.#authorize(service, operation, input, made);
        const output = await operation.handle(input, made);
        this.emit(callEnded, { ...ended, result: { output } } satisfies CallEnded);
        return output;
      } catch (error) {
        if (error instanceof AwsError) this.emit(callEnded, { ...ended, result: { error } } satisfies CallEnded);
        throw error;
      }
    });
  }

  #authorize(service: Service, operation: Operation<object>, input: object, context: CallContext): void {
    for (const permission of operation.permissions(input, context)) {
      const refusal = judgePermission(permission, context, this.#roles, (arn) => this.#resourcePolicy(arn));
      if (refusal !== undefined) throw toAccessDenied(service, refusal);
    }
  }

  #resourcePolicy(arn: string): ReturnType<NonNullable<Service['resourcePolicy']>> {
    return this.#services.get(arn.split(':')[2] ?? '')?.resourcePolicy?.(arn);
  }
}

/** @throws AwsError NotInTheSandbox */
export function findOperation(service: Service, name: string): Operation<object> {
  if (Object.hasOwn(service.operations, name)) {
    const operation = service.operations[name];
    if (operation) return operation;
  }
  throw new AwsError(
    'NotInTheSandbox',
    `${name} of service ${service.signingName} is not in the sandbox; docs/sandbox.md lists what is.`,
    400,
  );
}

function checkPlaces({ accounts, regions, hub }: WorldOptions): void {
  const malformed = accounts.find((account) => !/^\d{12}$/.test(account));
  if (malformed !== undefined) throw new Error(`accounts: "${malformed}" is not an account id of 12 digits.`);
  if (!accounts.includes(hub.account)) throw new Error(`hub.account: "${hub.account}" is none of the accounts.`);
  if (!regions.includes(hub.region)) throw new Error(`hub.region: "${hub.region}" is none of the regions.`);
}

function optional({ startMillis, horizonMillis }: WorldOptions): { startMillis?: number; horizonMillis?: number } {
  return {
    ...(startMillis === undefined ? {} : { startMillis }),
    ...(horizonMillis === undefined ? {} : { horizonMillis }),
  };
}
