import { stateOf } from '../../core/exceptions/risk-exception';
import { renderMoment } from '../../core/exceptions/describe-exception';
import { stateOfGrant } from '../../core/grants/grant';
import { toTargetText } from '../../core/parse-target-text';
import { success } from '../../core/result';
import type { Target } from '../../core/target';
import type { Ledger, PortResult, Questions } from '../ports';
import { failed, ok, unknown, type Check } from './check';

export interface EndingPorts {
  readonly ledger: Pick<Ledger, 'fetchExceptions' | 'fetchGrants'>;
  readonly questions: Pick<Questions, 'fetchOpenQuestions'>;
  readonly now: Date;
  readonly region: string;
  /** Portcullis is to be removed: nothing may be left whose end nobody would carry out any more. */
  readonly isBeforeRemoval: boolean;
}

/** What ends at a moment, by the deployment alone. */
interface Ending {
  readonly id: string;
  readonly target: Target;
  readonly until: string;
}

interface Kind {
  readonly check: string;
  /** `is open`, `is SUPPRESSED`: what stays so when nobody ends it. */
  readonly stays: string;
  readonly endOf: (id: string) => string;
  readonly list: string;
}

const GRANTS: Kind = {
  check: 'grants',
  stays: 'is open',
  endOf: (id) => `portcullis grants end ${id}`,
  list: 'portcullis grants list',
};
const EXCEPTIONS: Kind = {
  check: 'exceptions',
  stays: 'has its findings SUPPRESSED',
  endOf: (id) => `portcullis exceptions end ${id}`,
  list: 'portcullis exceptions list',
};
const QUESTIONS: Kind = {
  check: 'questions',
  stays: 'waits for an answer',
  endOf: (id) => `portcullis deny ${id}`,
  list: 'portcullis questions',
};

/** An end is carried out within minutes. */
const LATE_MILLIS = 30 * 60_000;

/** So many are named one by one. */
const MOST_NAMED = 20;

/**
 * What ends by itself does so only while Portcullis is there: nothing is past its end, and how much would be left when
 * it is removed.
 */
export async function checkEndings(ports: EndingPorts): Promise<readonly Check[]> {
  const { ledger, questions, now } = ports;
  const [grants, exceptions, open] = await Promise.all([
    ledger.fetchGrants(),
    ledger.fetchExceptions(),
    questions.fetchOpenQuestions(),
  ]);
  const isLeft = (state: string): boolean => state !== 'ended';
  const kinds = [
    [
      GRANTS,
      endingsIn(
        grants,
        (one) => one.grantId,
        (one) => isLeft(stateOfGrant(one, now)),
      ),
    ],
    [
      EXCEPTIONS,
      endingsIn(
        exceptions,
        (one) => one.exceptionId,
        (one) => isLeft(stateOf(one, now)),
      ),
    ],
    [
      QUESTIONS,
      endingsIn(
        open,
        (one) => one.questionId,
        () => true,
      ),
    ],
  ] as const;
  return kinds.flatMap(([kind, read]) => checkKind(kind, read, ports));
}

type Read<Value> = Awaited<PortResult<Value>>;

function endingsIn<Item extends { readonly target: Target; readonly until: string }>(
  read: Read<readonly Item[]>,
  idOf: (item: Item) => string,
  isLeft: (item: Item) => boolean,
): Read<readonly Ending[]> {
  if (!read.ok) return read;
  return success(read.value.filter(isLeft).map((each) => ({ id: idOf(each), target: each.target, until: each.until })));
}

function checkKind(
  { check, stays, endOf, list }: Kind,
  read: Read<readonly Ending[]>,
  { now, region, isBeforeRemoval }: EndingPorts,
): readonly Check[] {
  if (!read.ok) return [unknown(check, read.error)];
  const all = [...read.value].sort((a, b) => a.until.localeCompare(b.until));
  const isLate = ({ until }: Ending): boolean => now.getTime() - Date.parse(until) > LATE_MILLIS;
  const wrong = isBeforeRemoval ? all : all.filter(isLate);
  const named = wrong.slice(0, MOST_NAMED).map((each) => {
    const when = isLate(each) ? `is past its end, ${renderMoment(each.until)}` : `ends ${renderMoment(each.until)}`;
    const found = `${toTargetText(each.target)} ${stays} and ${when}`;
    return failed(`${check} ${each.id}`, found, `${endOf(each.id)} --region ${region}`);
  });
  const left = wrong.length - named.length;
  const more = left > 0 ? [failed(check, `${String(left)} more`, `${list} --region ${region}`)] : [];
  return wrong.length > 0 ? [...named, ...more] : [ok(check, describe(all, isBeforeRemoval))];
}

function describe(all: readonly Ending[], isBeforeRemoval: boolean): string {
  const [next] = all;
  if (next === undefined) return isBeforeRemoval ? 'none are left to end' : 'none';
  return `${String(all.length)}, the next ends ${renderMoment(next.until)}; before Portcullis is removed: doctor --before-removal`;
}
