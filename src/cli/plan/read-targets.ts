import { renderInputProblem } from '../../core/input-problem';
import {
  createTargetCollector,
  parseTargets,
  TARGET_LISTS,
  targetListOf,
  type TargetCollector,
  type TargetList,
} from '../../core/network/parse-targets';
import type { RuleProblem } from '../../core/network/rule-problem';
import type { Resource } from '../../core/resource';
import type { Result } from '../../core/result';
import { InputError } from '../cli-error';
import { TOP_LIST } from '../input/json-scanner';
import { PageChain } from '../input/page-chain';
import { readDocuments, type Read } from '../input/read-documents';
import { nameOf } from '../input/text-file';

export interface ReadTargetsOptions {
  /** Whether one page of several is asked for. */
  readonly partial: boolean;
  readonly onRemark: (text: string) => void;
}

/**
 * The targets in what the AWS CLI printed, in input order, from a file or stdin for `-`: documents of
 * {@link TARGET_LISTS}, or what `--query` left of them, one or more. Groups and network ACLs are read one at a time,
 * however many there are; rules may belong to any group, so that they are held until the end.
 *
 * @throws InputError naming the file, the field, the value and the fix. Targets before it have been given then.
 */
export async function* readTargets(file: string, options: ReadTargetsOptions): AsyncGenerator<Resource> {
  const reader = new TargetReader();
  for await (const batch of readDocuments(file, TARGET_LISTS)) {
    for (const read of batch) {
      for (const target of reader.read(read)) yield target;
    }
  }
  reader.checkPages(nameOf(file), options);
  yield* reader.groups();
}

const NOTHING: readonly Resource[] = [];

class TargetReader {
  readonly #collector: TargetCollector = createTargetCollector();
  readonly #pages = new PageChain();
  #hasRules = false;

  read(read: Read<TargetList>): readonly Resource[] {
    if (read.kind === 'document') {
      this.#pages.add(read.value);
      return this.#around(read.value, read.from);
    }
    const { list, index, value, from } = read;
    return list === TOP_LIST ? this.#any(value, `[${String(index)}]`, from) : this.#one(list, index, value, from);
  }

  groups(): readonly Resource[] {
    return this.#collector.groups();
  }

  checkPages(name: string, { partial, onRemark }: ReadTargetsOptions): void {
    const never = 'a group is judged by all of its own';
    const remark = this.#pages.remark(
      name,
      this.#hasRules ? 'rules' : 'groups or network ACLs',
      this.#hasRules ? never : partial,
    );
    if (remark !== undefined) onRemark(remark.text);
  }

  #one(list: TargetList, index: number, value: unknown, from: string): readonly Resource[] {
    if (list === 'SecurityGroupRules') this.#hasRules = true;
    const target = orInputError(this.#collector.take(list, index, value), from);
    return target === undefined ? NOTHING : [target];
  }

  /** An element of a list without a name, or a document of its own: a target, a rule, or a page of them. */
  #any(value: unknown, place: string, from: string): readonly Resource[] {
    if (Array.isArray(value)) {
      return value.flatMap((each, index) => this.#any(each, `${place}[${String(index)}]`, from));
    }
    if (isObject(value) && TARGET_LISTS.some((list) => value[list] !== undefined)) {
      this.#pages.add(value);
      return TARGET_LISTS.flatMap((list) => {
        const elements = value[list] ?? [];
        if (!Array.isArray(elements)) return [...orInputError(parseTargets(value), `${from}: ${place}`)];
        return elements.flatMap((each, index) => this.#one(list, index, each, `${from}: ${place}`));
      });
    }
    const list = isObject(value) ? targetListOf(value) : undefined;
    if (list === undefined) {
      throw new InputError(
        `${from}: ${place === '' ? 'it' : place} is no security group, rule or network ACL with all of its fields; give what the AWS CLI prints, without a --query that leaves fields out`,
      );
    }
    if (list === 'SecurityGroupRules') this.#hasRules = true;
    const target = orInputError(this.#collector.takeAt(list, place, value), from);
    return target === undefined ? NOTHING : [target];
  }

  /** What is around the elements, and elements that are no objects. Those that were taken are placeholders in it. */
  #around(document: unknown, from: string): readonly Resource[] {
    if (Array.isArray(document)) {
      const odd = document.findIndex((element) => !isPlaceholder(element));
      return odd === -1 ? NOTHING : this.#any(document[odd], `[${String(odd)}]`, from);
    }
    if (isObject(document) && targetListOf(document) !== undefined) return this.#any(document, '', from);
    // Pages are judged together.
    const { NextToken: _token, ...around }: Record<string, unknown> = isObject(document) ? document : {};
    for (const list of TARGET_LISTS) {
      const elements = around[list];
      if (!Array.isArray(elements)) continue;
      const odd = elements.findIndex((element) => !isObject(element));
      if (odd !== -1) orInputError(this.#collector.take(list, odd, elements[odd]), from);
      // JSON has more than one spelling for a name; under another one the elements were not seen.
      if (!elements.every(isPlaceholder)) {
        throw new InputError(`${from} does not name ${list} in plain letters; give what the AWS CLI prints`);
      }
      around[list] = [];
    }
    orInputError(parseTargets(around), from);
    return NOTHING;
  }
}

/** What stands where an element was that has been given. */
function isPlaceholder(element: unknown): boolean {
  return isObject(element) && Object.keys(element).length === 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function orInputError<Value>(result: Result<Value, RuleProblem>, from: string): Value {
  if (result.ok) return result.value;
  throw new InputError(`${from}: ${renderInputProblem(result.error)}`);
}
