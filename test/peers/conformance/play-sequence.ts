import { setTimeout as pause } from 'node:timers/promises';
import type { Cloud } from './clouds';
import { isRecord, Normalizer } from './normalize';
import type { PortResult, Sequence, Step } from './sequence';

const DEFAULT_ACCOUNT = '222222222222';
const PATIENCE = { times: 40, millis: 100 };

/** Plays a sequence in one cloud, step by step; an error is an outcome, and the next step follows all the same. */
export async function playSequence(sequence: Sequence, cloud: Cloud): Promise<readonly PortResult[]> {
  const normalizer = new Normalizer(cloud.endpoint);
  const kept = new Map<string, unknown>();
  const outcomes: PortResult[] = [];
  for (const step of sequence.steps) {
    try {
      const answer = await answerOf(step, sequence.account ?? DEFAULT_ACCOUNT, kept, cloud);
      for (const [name, path] of Object.entries(step.keep ?? {})) kept.set(name, valueAt(answer, path));
      outcomes.push({ answer: normalizer.normalize(choose(answer, step.compare)) });
    } catch (error) {
      outcomes.push({ error: toCode(error) });
    }
  }
  return outcomes;
}

async function answerOf(step: Step, account: string, kept: Kept, cloud: Cloud): Promise<unknown> {
  const input = fillIn(step.input, kept);
  if (!isRecord(input)) throw new Error(`${step.call}: the input is no object`);
  if (step.pagesOf !== undefined) return readPages(step.call, input, step.pagesOf, account, cloud);
  for (let time = 1; ; time++) {
    const answer = await cloud.send(account, step.call, input);
    const list = step.until === undefined ? undefined : valueAt(answer, step.until);
    if (step.until === undefined || (Array.isArray(list) && list.length > 0) || time === PATIENCE.times) return answer;
    await pause(PATIENCE.millis);
  }
}

async function readPages(call: string, input: object, list: string, account: string, cloud: Cloud): Promise<unknown> {
  const pages: unknown[][] = [];
  let NextToken: unknown;
  do {
    const answer = await cloud.send(account, call, { ...input, NextToken });
    const items = valueAt(answer, list);
    pages.push(Array.isArray(items) ? items : []);
    NextToken = valueAt(answer, 'NextToken');
  } while (NextToken !== undefined && pages.length < 20);
  return { pageSizes: pages.map((page) => page.length).join(' '), [list]: pages.flat() };
}

type Kept = ReadonlyMap<string, unknown>;

function fillIn(value: unknown, kept: Kept): unknown {
  if (typeof value === 'string') return value.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => String(kept.get(name)));
  if (Array.isArray(value)) return value.map((item) => fillIn(item, kept));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillIn(item, kept)]));
}

/** `SecurityGroups.0.GroupId`, or `Messages[].Body` of all. */
function valueAt(value: unknown, path: string): unknown {
  const [list = '', rest] = path.split('[].');
  if (rest !== undefined) {
    const items = valueAt(value, list);
    return Array.isArray(items) ? items.map((item) => valueAt(item, rest)) : undefined;
  }
  return path.split('.').reduce<unknown>((found, key) => {
    if (Array.isArray(found)) return found[Number(key)];
    return isRecord(found) ? found[key] : undefined;
  }, value);
}

function choose(answer: unknown, fields: readonly string[] | undefined): unknown {
  if (fields === undefined) return answer;
  return Object.fromEntries(fields.map((field) => [field, valueAt(answer, field)]));
}

function toCode(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // The SDK names its typed errors by shape; without one, the service's own code is the name.
  return 'Code' in error && typeof error.Code === 'string' ? error.Code : error.name;
}
