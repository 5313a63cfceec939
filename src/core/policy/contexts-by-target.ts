import type { Context, Fact } from '../context/context';
import { contextSchema } from '../context/context-schema';
import type { Configuration } from '../configuration/schema/configuration-schema';
import { toDecisions } from '../configuration/to-decisions';
import { unknown } from '../context/fact';
import { failure, success, type Result } from '../result';
import { toInputProblem } from '../schema-words';
import { renderInputProblem } from '../input-problem';
import type { Target } from '../target';
import type { PolicyTag } from './policy-entry';
import * as z from '../zod-mini';

/** What of a policy goes by tags. */
type KeptFor = Pick<Configuration, 'automatic' | 'decisions' | 'guards'> & {
  readonly exceptions?: readonly { readonly tags?: readonly PolicyTag[] }[] | undefined;
};

type Place = Pick<Target, 'account' | 'region' | 'id'>;

/** A line of `portcullis context --all`. */
const lineSchema = z.object({
  target: z.object({ account: z.string(), region: z.string(), id: z.string() }),
  context: contextSchema,
});

/**
 * What is known about many targets, for a policy to be tried on. Of each context only what entries and guards read is
 * kept, and facts that many targets share once: a hundred thousand of them fit into some tens of megabytes.
 */
export class ContextsByTarget {
  readonly #contexts = new Map<string, Context>();
  readonly #facts = new Map<string, unknown>();

  readonly #tagKeys: ReadonlySet<string>;

  /** @param policies whose tags are kept; those that none of them names decide nothing */
  constructor(policies: readonly KeptFor[]) {
    this.#tagKeys = new Set(
      policies.flatMap(({ guards, exceptions = [], ...deciding }) => [
        ...exceptions.flatMap(({ tags = [] }) => tags.map(({ key }) => key)),
        ...toDecisions(deciding).flatMap(({ when }) => (when?.tags ?? []).map(({ key }) => key)),
        ...(guards.protectionTag === undefined ? [] : [guards.protectionTag]),
      ]),
    );
  }

  /** @param line `{"target","context"}`; an error says what it lacks */
  add(line: unknown): Result<undefined, string> {
    const parsed = lineSchema.safeParse(line);
    if (!parsed.success) return failure(renderInputProblem(toInputProblem(parsed.error, line)));
    const { target, context } = parsed.data;
    this.#contexts.set(keyOf(target), this.#kept(context));
    return success(undefined);
  }

  /** Nothing is known about a target that none of the lines was about. */
  contextOf(target: Place): Context {
    return this.#contexts.get(keyOf(target)) ?? NOT_LISTED;
  }

  #kept(context: Context): Context {
    const { attached, reachable, used, otherWayIn, openedBy, managedBy, owner, account } = context;
    return {
      attached: this.#once(bare(attached, (it) => ({ ...it, items: [], otherVpcs: [], otherAccounts: [] }))),
      reachable: this.#once(bare(reachable, ({ answer }) => ({ answer, through: [] }))),
      used: this.#once(bare(used, ({ answer }) => ({ ...NO_FLOWS, answer }))),
      otherWayIn: this.#once(bare(otherWayIn, ({ answer }) => ({ answer, ways: [] }))),
      openedBy: this.#once(bare(openedBy, (it) => ({ ...NOBODY, with: it.with }))),
      managedBy: this.#once(bare(managedBy, ({ by }) => ({ by }))),
      owner: this.#once(bare(owner, (it) => ({ ...it, tags: it.tags.filter(({ Key }) => this.#tagKeys.has(Key)) }))),
      account: this.#once(bare(account, (it) => it)),
    };
  }

  #once<Value>(fact: Fact<Value>): Fact<Value> {
    const key = JSON.stringify(fact);
    const known = this.#facts.get(key);
    if (known === undefined) this.#facts.set(key, fact);
    return (known ?? fact) as Fact<Value>;
  }
}

const NO_FLOWS = { from: '', to: '', flows: 0, sources: 0, bytes: 0, peers: [], rejected: 0 };
const NOBODY = { who: '', at: '', from: '', eventId: '' };

const unlisted = unknown<never>('the target is not in --context');

const NOT_LISTED: Context = {
  attached: unlisted,
  reachable: unlisted,
  used: unlisted,
  otherWayIn: unlisted,
  openedBy: unlisted,
  managedBy: unlisted,
  owner: unlisted,
  account: unlisted,
};

function bare<Value>(fact: Fact<Value>, narrow: (value: Value) => Value): Fact<Value> {
  return fact.known ? { known: true, value: narrow(fact.value), evidence: [] } : fact;
}

function keyOf({ account, region, id }: Place): string {
  return `${account}/${region}/${id}`;
}
