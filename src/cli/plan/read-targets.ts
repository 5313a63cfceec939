import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { renderInputProblem } from '../../core/input-problem';
import type { RuleProblem } from '../../core/network/rule-problem';
import {
  createTargetCollector,
  parseTargets,
  TARGET_LISTS,
  type TargetCollector,
  type TargetList,
} from '../../core/network/parse-targets';
import type { Result } from '../../core/result';
import type { Resource } from '../../core/resource';
import { InputError } from '../cli-error';
import { cannotBeRead, isUtf16, nameOf, parseJson } from '../json-file';
import { createElementScanner, type ListElement } from './element-scanner';

const CHUNK_BYTES = 1024 * 1024;

/**
 * The targets in what the AWS CLI printed, in input order, from a file or stdin for `-`. Groups and network ACLs are
 * read one at a time, however many there are; rules may belong to any group, so that they are held until the end.
 *
 * @throws InputError naming the file, the field, the value and the fix. Targets before it have been given then.
 */
export async function* readTargets(file: string): AsyncGenerator<Resource> {
  const name = nameOf(file);
  const scanner = createElementScanner(TARGET_LISTS);
  const collector = createTargetCollector();
  const targetOf = ({ list, index, value, text = '' }: ListElement<TargetList>): Resource | undefined => {
    const element = value ?? parseJson(text, `${name} ${list}[${String(index)}]`);
    return orInputError(collector.take(list, index, element), name);
  };
  for await (const chunk of chunksOf(file, name)) {
    for (const element of scanner.push(chunk)) {
      const target = targetOf(element);
      if (target !== undefined) yield target;
    }
  }
  const { elements, rest } = scanner.end();
  for (const element of elements) {
    const target = targetOf(element);
    if (target !== undefined) yield target;
  }
  checkRest(parseJson(rest, name), collector, name);
  yield* collector.groups();
}

async function* chunksOf(file: string, name: string): AsyncGenerator<Buffer> {
  const stream: Readable = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: CHUNK_BYTES });
  let decoder: TextDecoder | undefined;
  let isFirst = true;
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      if (isFirst && isUtf16(bytes)) decoder = new TextDecoder('utf-16le');
      isFirst = false;
      yield decoder === undefined ? bytes : Buffer.from(decoder.decode(bytes, { stream: true }));
    }
  } catch (error) {
    throw cannotBeRead(name, error);
  }
}

/** What is around the elements, and elements that are no objects. Those that were taken are placeholders in it. */
function checkRest(rest: unknown, collector: TargetCollector, name: string): void {
  const around = isObject(rest) ? { ...rest } : {};
  for (const list of TARGET_LISTS) {
    const elements = around[list];
    if (!Array.isArray(elements)) continue;
    const odd = elements.findIndex((element) => !isObject(element));
    if (odd !== -1) orInputError(collector.take(list, odd, elements[odd]), name);
    // JSON has more than one spelling for a name; under another one the elements were not seen.
    if (elements.some((element) => isObject(element) && Object.keys(element).length > 0)) {
      throw new InputError(`${name} does not name ${list} in plain letters; give what the AWS CLI prints`);
    }
    around[list] = [];
  }
  orInputError(parseTargets(around), name);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function orInputError<Value>(result: Result<Value, RuleProblem>, name: string): Value {
  if (result.ok) return result.value;
  throw new InputError(`${name}: ${renderInputProblem(result.error)}`);
}
