import type { CertificateParts } from '../certificate';
import type { Sha256 } from '../seal-certificate';
import { checkAnchors, type Anchor } from './check-anchors';
import { checkChains, targetName } from './check-chains';
import { checkClosed } from './check-closed';
import { checkRemovals } from './check-removals';
import { checkOpened } from './check-opened';
import { checkIsolated, isAboutInterfaces } from './check-isolated';
import { checkOutcome } from './check-outcome';
import { checkText, checkUnchanged } from './check-unchanged';
import type { Evidence } from './evidence';
import { couldNotTell, doesNotHold, type Statement } from './statement';

/** A certificate as somebody hands it over. */
export interface Document {
  /** Where it is from, for people. */
  readonly name: string;
  readonly value: unknown;
  /** What it was read from, and what stands there: with the first one of a file that holds several. */
  readonly file?: { readonly text: string; readonly value: unknown };
}

export interface Verified {
  readonly name: string;
  readonly evidence: Evidence;
  readonly statements: readonly Statement[];
}

/**
 * Verifies certificates by themselves and as chains, with nothing but what is in them.
 *
 * @param anchors what somebody else has kept of the chains; undefined: nobody has
 */
export function verifyCertificates(
  read: readonly { readonly document: Document; readonly evidence: Evidence }[],
  sha256: Sha256,
  anchors?: readonly Anchor[],
): readonly Verified[] {
  const all = read.map(({ evidence }) => evidence);
  const chains = checkChains(all);
  const anchored = anchors === undefined ? undefined : checkAnchors(all, anchors);
  return read.map(({ document: { name, file }, evidence }) => {
    const unchanged = [
      ...(file === undefined ? [] : checkText(file.text, file.value)),
      ...checkUnchanged(evidence.envelope, sha256),
    ];
    const broken = unchanged.filter(({ verdict }) => verdict !== 'holds');
    const statements = [
      ...(broken.length > 0 ? broken : unchanged),
      ...checkContents(evidence, all),
      ...(chains.get(evidence) ?? []),
      ...(anchored?.get(evidence) ?? []),
    ];
    return { name, evidence, statements };
  });
}

function checkContents(evidence: Evidence, all: readonly Evidence[]): readonly Statement[] {
  const { parts, problem, nonsense } = evidence;
  if (parts === undefined) return [doesNotHold('unchanged', { code: 'form-unknown', cause: problem })];
  const closing = originOf(evidence, parts, all);
  if (isAboutInterfaces(parts)) return checkIsolated(parts, closing);
  return [
    ...nonsense.map((each) =>
      couldNotTell('unchanged', { code: 'state-makes-no-sense', part: each.part, cause: each.problem }, each.part),
    ),
    ...checkClosed(evidence, parts),
    ...checkOpened(evidence, parts, closing),
    ...checkRemovals(evidence, parts, closing),
    ...checkOutcome(evidence, parts, closing, closing !== undefined && isAlone(evidence, closing, all)),
  ];
}

/**
 * The certificate of what is taken back: the latest of a closing of the same target, of those before the undo; or of
 * the grant that is at its end.
 */
function originOf(undo: Evidence, parts: CertificateParts, all: readonly Evidence[]): Evidence | undefined {
  const { decision } = parts;
  const [remediationId, action] =
    decision.action === 'end-grant'
      ? [decision.grant?.openedBy, 'grant']
      : [decision.undoes, isAboutInterfaces(parts) ? 'isolate' : 'close'];
  if (remediationId === undefined) return undefined;
  return all
    .filter((other) => isBefore(other, undo) && other.envelope.remediationId === remediationId)
    .filter(({ parts }) => parts?.decision.action === action)
    .sort((a, b) => a.envelope.sequence - b.envelope.sequence)
    .at(-1);
}

/** Whether every certificate between the closing and the undo is known, and none is of another undo of it. */
function isAlone(undo: Evidence, closing: Evidence, all: readonly Evidence[]): boolean {
  const between = all.filter((other) => isBefore(closing, other) && isBefore(other, undo));
  const numbers = new Set(between.map(({ envelope }) => envelope.sequence));
  return (
    numbers.size === undo.envelope.sequence - closing.envelope.sequence - 1 &&
    !between.some(({ parts }) => parts?.decision.undoes === closing.envelope.remediationId)
  );
}

function isBefore(one: Evidence, other: Evidence): boolean {
  return (
    one.parts !== undefined &&
    other.parts !== undefined &&
    targetName(one.parts.target) === targetName(other.parts.target) &&
    one.envelope.sequence < other.envelope.sequence
  );
}
