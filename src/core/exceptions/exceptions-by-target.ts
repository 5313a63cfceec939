import { toInputProblem } from '../schema-words';
import { renderInputProblem } from '../input-problem';
import type { Tag } from '../network/security-group-rule';
import { failure, success, type Result } from '../result';
import type { Target } from '../target';
import * as z from '../zod-mini';
import { CONFIGURED_BY } from './configured-by';
import { isAboutTarget, toRiskException, type ConfiguredException } from './configured-exception';
import { HOW_ENDED, type RecordedException } from './risk-exception';

const range = z.array(z.object({ from: z.number(), to: z.number() }));

/** A line of `portcullis exceptions list --json`, as far as it counts here. */
const lineSchema = z.object({
  exceptionId: z.string(),
  target: z.object({ account: z.string(), region: z.string(), id: z.string() }),
  control: z.string(),
  reason: z.string(),
  by: z.string(),
  until: z.iso.datetime(),
  covers: z.array(z.object({ source: z.string(), tcp: range, udp: range })),
  ended: z.optional(z.object({ how: z.enum(HOW_ENDED) })),
});

type Line = z.output<typeof lineSchema>;

/** Exceptions of people, as the ledger has them, for a policy to be tried on. */
export class ExceptionsByTarget {
  readonly #lines = new Map<string, Line[]>();
  readonly #now: Date;

  constructor(now: Date) {
    this.#now = now;
  }

  /** @param line of `portcullis exceptions list --json`; an error says what it lacks */
  add(line: unknown): Result<undefined, string> {
    const parsed = lineSchema.safeParse(line);
    if (!parsed.success) return failure(renderInputProblem(toInputProblem(parsed.error, line)));
    const key = keyOf(parsed.data.target, parsed.data.control);
    this.#lines.set(key, [...(this.#lines.get(key) ?? []), parsed.data]);
    return success(undefined);
  }

  /**
   * Those in force on a target for a control: of people, and of a configuration but for those that somebody ended by
   * hand.
   *
   * @param tags of the target, undefined where they are not known: then exceptions by tag are not in force
   */
  on(
    target: Target,
    control: RecordedException['control'],
    tags: readonly Tag[] | undefined,
    configured: readonly ConfiguredException[],
  ): readonly RecordedException[] {
    const stored = this.#lines.get(keyOf(target, control)) ?? [];
    const ofPeople = stored.filter((each) => each.by !== CONFIGURED_BY && each.ended === undefined);
    const ofFile = configured
      .filter((each) => each.controls.includes(control) && isAboutTarget(each, target, tags))
      .map((each) => toRiskException(each, { exceptionId: CONFIGURED_BY, target, control, since: '' }))
      .filter((each) => !stored.some((one) => one.ended !== undefined && isSame(one, each)));
    return [...ofPeople.map((each) => ({ ...each, control })), ...ofFile].filter(
      ({ until }) => Date.parse(until) > this.#now.getTime(),
    );
  }
}

/** One of the configuration keeps its words; its id is a hash of them. */
function isSame(line: Line, { reason, until }: RecordedException): boolean {
  return line.by === CONFIGURED_BY && line.reason === reason && Date.parse(line.until) === Date.parse(until);
}

function keyOf({ account, region, id }: Pick<Target, 'account' | 'region' | 'id'>, control: string): string {
  return `${account}/${region}/${id} ${control}`;
}
