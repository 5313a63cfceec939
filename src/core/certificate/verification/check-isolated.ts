import type { StatementReason } from '../../reasons/statement-reasons';
import type { CertificateParts, CertifiedInterfaces, CertifiedRun, CertifiedState } from '../certificate';
import type { Evidence } from './evidence';
import { couldNotTell, doesNotHold, holds, notClaimed, mismatch, type Statement } from './statement';

/**
 * What an isolation and its undo are held against, in place of rules and reach: which groups the interfaces of the
 * target have. It trusts nothing of what made the certificate.
 *
 * @param origin the certificate of the isolation that an undo takes back
 */
export function checkIsolated(parts: CertificateParts, origin: Evidence | undefined): readonly Statement[] {
  const before = interfacesIn(parts.before);
  const after = interfacesIn(parts.after);
  const recorded = origin?.parts === undefined ? undefined : interfacesIn(origin.parts.before);
  const wrong = [...checkShape(parts, after), ...checkUndone(parts, after, recorded)];
  return [
    ...checkIsolating(parts, after),
    ...checkGiven(parts, after, recorded),
    ...checkTouched(parts, before, after),
    ...(wrong.length === 0 ? [holds('outcome')] : wrong),
  ];
}

/** Whether a certificate is about interfaces and their groups, not about rules. */
export function isAboutInterfaces({ target }: CertificateParts): boolean {
  return target.kind === 'instance' || target.kind === 'network-interface';
}

function interfacesIn(state: CertifiedState | null): CertifiedInterfaces | undefined {
  return state !== null && 'interfaces' in state ? state : undefined;
}

/** Every interface has one group alone, which is an isolating one of its VPC, and that holds no rule. */
function checkIsolating(
  { outcome: { outcome } }: CertificateParts,
  after: CertifiedInterfaces | undefined,
): Statement[] {
  if (outcome !== 'isolated' && outcome !== 'already-isolated') {
    return [notClaimed('closed', { code: 'ended-otherwise', outcome })];
  }
  if (after === undefined) return [couldNotTell('closed', { code: 'state-not-judged' }, 'after')];
  const open = after.interfaces.flatMap(({ id, vpcId, groups }): StatementReason[] => {
    const isolating = after.isolating.find((group) => group.vpcId === vpcId && group.id === groups[0]);
    if (groups.length !== 1 || isolating === undefined) return [{ code: 'not-cut-off', interface: id, groups }];
    return isolating.rules.length === 0 ? [] : [{ code: 'isolating-group-not-empty', group: isolating.id }];
  });
  if (after.interfaces.length === 0) open.push({ code: 'nothing-to-cut-off' });
  return open.length === 0 ? [holds('closed')] : open.map((reason) => doesNotHold('closed', reason, 'after'));
}

/** What runs gave an interface: an isolating group, or of an undo what the isolation recorded of it. */
function checkGiven(
  { decision, runs }: CertificateParts,
  after: CertifiedInterfaces | undefined,
  recorded: CertifiedInterfaces | undefined,
): Statement[] {
  const given = runs.flatMap(({ step }) => step.interface ?? []);
  if (given.length === 0) return [holds('nothing-opened', { code: 'nothing-ran' })];
  if (decision.action === 'undo') {
    if (recorded === undefined) {
      const closing = decision.undoes ?? 'the isolation';
      return [couldNotTell('nothing-opened', { code: 'closing-needed-for-reach', closing })];
    }
    const beyond = given.filter(({ id, to }) => {
      const had = recorded.interfaces.find((one) => one.id === id)?.groups ?? [];
      return to.some((group) => !had.includes(group));
    });
    return toStatements(beyond, ({ id, to }) => ({ code: 'given-beyond-recorded', interface: id, groups: to }));
  }
  if (after === undefined) return [couldNotTell('nothing-opened', { code: 'state-missing', part: 'after' }, 'after')];
  const isolating = new Set(after.isolating.map(({ id }) => id));
  const others = given.filter(({ to }) => to.length !== 1 || !isolating.has(to[0] ?? ''));
  return toStatements(others, ({ id, to }) => ({ code: 'given-other-groups', interface: id, groups: to }));
}

function toStatements<Given>(wrong: readonly Given[], reasonOf: (one: Given) => StatementReason): Statement[] {
  return wrong.length === 0
    ? [holds('nothing-opened')]
    : wrong.map((one) => doesNotHold('nothing-opened', reasonOf(one), 'runs'));
}

/** Runs touched the interfaces of the target and isolating groups, and nothing else. */
function checkTouched(
  { runs }: CertificateParts,
  before: CertifiedInterfaces | undefined,
  after: CertifiedInterfaces | undefined,
): Statement[] {
  const own = new Set([...(before?.interfaces ?? []), ...(after?.interfaces ?? [])].map(({ id }) => id));
  const isolating = new Set((after?.isolating ?? []).map(({ id }) => id));
  const wrong = runs.flatMap(({ step: { call, interface: one, group, rules } }: CertifiedRun): StatementReason[] => {
    if (one !== undefined) return own.has(one.id) ? [] : [{ code: 'touched-another', call, id: one.id }];
    if (call === 'CreateSecurityGroup' && rules.length === 0) return [];
    const isEmptying = call === 'RevokeSecurityGroupIngress' || call === 'RevokeSecurityGroupEgress';
    if (isEmptying && (after === undefined || isolating.has(group?.id ?? ''))) return [];
    return [{ code: 'touched-another', call, id: group?.id ?? '' }];
  });
  return wrong.length === 0
    ? [holds('smallest-cut')]
    : wrong.map((reason) => doesNotHold('smallest-cut', reason, 'runs'));
}

/** What must be true of runs and of what was read back under an outcome; undefined is whatever it may be. */
interface Expectation {
  readonly ran?: boolean;
  readonly readBack?: true;
}

const ANY: readonly (readonly [string, Expectation])[] = [
  ['not-needed', {}],
  ['failed', {}],
  ['could-not-tell', {}],
  ['not-verified', {}],
];

const OF_ISOLATION: ReadonlyMap<string, Expectation> = new Map([
  ['isolated', { ran: true, readBack: true }],
  ['already-isolated', { ran: false, readBack: true }],
  ['partly-isolated', { readBack: true }],
  ...ANY,
]);

const OF_UNDO: ReadonlyMap<string, Expectation> = new Map([
  ['undone', { ran: true, readBack: true }],
  ['partly-undone', { ran: true, readBack: true }],
  ['nothing-to-undo', { ran: false }],
  ['asked', { ran: false }],
  ...ANY,
]);

function checkShape(parts: CertificateParts, after: CertifiedInterfaces | undefined): Statement[] {
  const { decision, runs, before, target, times } = parts;
  const { action, undoes } = decision;
  const { outcome } = parts.outcome;
  if (action !== 'isolate' && action !== 'undo') return [mismatch({ code: 'outcome-unknown', outcome, action })];
  const expected = (action === 'undo' ? OF_UNDO : OF_ISOLATION).get(outcome);
  if (expected === undefined) return [mismatch({ code: 'outcome-unknown', outcome, action })];
  const ofOthers = (
    [
      ['before', before],
      ['after', parts.after],
    ] as const
  ).filter(([, state]) => state !== null && (state.kind !== target.kind || state.id !== target.id));
  return [
    ...(outcome === 'not-verified' ? [mismatch({ code: 'unverified-when-made', cause: parts.outcome.reason })] : []),
    ...(expected.ran === true && runs.length === 0 ? [mismatch({ code: 'outcome-without-runs', outcome })] : []),
    ...(expected.ran === false && runs.length > 0 ? [mismatch({ code: 'outcome-with-runs', outcome })] : []),
    ...(expected.readBack === true && after === undefined
      ? [mismatch({ code: 'outcome-not-read-back', outcome })]
      : []),
    ...(runs.length > 0 && before === null ? [mismatch({ code: 'before-not-kept' })] : []),
    ...((action === 'undo') !== (undoes !== undefined) ? [mismatch({ code: 'closing-named-amiss' })] : []),
    ...(Date.parse(times.finishedAt) < Date.parse(times.startedAt) ? [mismatch({ code: 'ended-before-begun' })] : []),
    ...ofOthers.map(([part, state]) =>
      doesNotHold(
        'outcome',
        { code: 'state-of-another', part, kind: state?.kind ?? '', id: state?.id ?? '', target: target.id },
        part,
      ),
    ),
  ];
}

/** Undone only if every interface has the groups that the isolation recorded of it. */
function checkUndone(
  { decision, outcome: { outcome } }: CertificateParts,
  after: CertifiedInterfaces | undefined,
  recorded: CertifiedInterfaces | undefined,
): Statement[] {
  if (outcome !== 'undone' || after === undefined) return [];
  if (recorded === undefined) {
    return [couldNotTell('outcome', { code: 'closing-needed-for-undo', closing: decision.undoes ?? 'the isolation' })];
  }
  const missing = recorded.interfaces.flatMap(({ id, groups }) => {
    const now = after.interfaces.find((one) => one.id === id)?.groups ?? [];
    return groups.filter((group) => !now.includes(group)).map((group) => `${group} on ${id}`);
  });
  return missing.length === 0 ? [] : [mismatch({ code: 'not-there-again', rules: missing })];
}
