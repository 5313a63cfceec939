import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { renderInputProblem } from '../../core/input-problem';
import type { RuleProblem } from '../../core/network/rule-problem';
import { parseTarget, parseTargets, RULE_LIST, TARGET_LISTS } from '../../core/network/parse-targets';
import type { Result } from '../../core/result';
import type { Resource } from '../../core/resource';
import { InputError } from '../cli-error';
import { cannotBeRead, nameOf, parseJson } from '../json-file';
import { createElementScanner } from './element-scanner';

const CHUNK_BYTES = 1024 * 1024;

/**
 * The targets in what the AWS CLI printed, in input order, from a file or stdin for `-`. Groups and network ACLs are
 * read one at a time, however many there are; rules may belong to any group, so that they are held until the end.
 *
 * @throws InputError naming the file, the field, the value and the fix. Targets before it have been given then.
 */
export async function* readTargets(file: string): AsyncGenerator<Resource> {
  const name = nameOf(file);
  const scanner = createElementScanner([...TARGET_LISTS, RULE_LIST]);
  const rules: unknown[] = [];
  for await (const chunk of chunksOf(file, name)) {
    for (const { list, index, text } of scanner.push(chunk)) {
      const element = parseJson(text, `${name} ${list}[${String(index)}]`);
      if (list === RULE_LIST) rules.push(element);
      else yield orInputError(parseTarget(list, index, element), name);
    }
  }
  const rest = parseJson(scanner.end(), name);
  yield* orInputError(parseTargets(isObject(rest) ? remainderOf(rest, rules, name) : rest), name);
}

async function* chunksOf(file: string, name: string): AsyncGenerator<Buffer> {
  const stream: Readable = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: CHUNK_BYTES });
  try {
    for await (const chunk of stream) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
  } catch (error) {
    throw cannotBeRead(name, error);
  }
}

/** What has not been given yet: the rules. Elements of other lists are placeholders now, or no objects. */
function remainderOf(rest: Readonly<Record<string, unknown>>, rules: readonly unknown[], name: string): unknown {
  const remainder = { ...rest };
  for (const list of TARGET_LISTS) {
    const elements = rest[list];
    if (!Array.isArray(elements)) continue;
    const odd = elements.findIndex((element) => !isObject(element));
    if (odd !== -1) orInputError(parseTarget(list, odd, elements[odd]), name);
    remainder[list] = [];
  }
  const places = rest[RULE_LIST];
  if (!Array.isArray(places)) return remainder;
  let next = 0;
  return { ...remainder, [RULE_LIST]: places.map((place: unknown) => (isObject(place) ? rules[next++] : place)) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function orInputError<Value>(result: Result<Value, RuleProblem>, name: string): Value {
  if (result.ok) return result.value;
  throw new InputError(`${name}: ${renderInputProblem(result.error)}`);
}
