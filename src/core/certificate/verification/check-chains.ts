import type { StatementReason } from '../../reasons/statement-reasons';
import type { CertifiedTarget } from '../certificate';
import type { Evidence } from './evidence';
import { doesNotHold, holds, type Statement } from './statement';

/**
 * Orders certificates by target and number, and holds each against the one before it. What comes before the first one
 * that was given is not missed, only said; one that is missing in between breaks the chain.
 */
export function checkChains(all: readonly Evidence[]): ReadonlyMap<Evidence, readonly Statement[]> {
  const chains = new Map<string, Evidence[]>();
  for (const evidence of all) {
    const key = evidence.parts === undefined ? '' : targetName(evidence.parts.target);
    const others = chains.get(key);
    if (others) others.push(evidence);
    else chains.set(key, [evidence]);
  }
  const statements = new Map<Evidence, readonly Statement[]>();
  for (const [key, chain] of chains) {
    chain.sort((a, b) => a.envelope.sequence - b.envelope.sequence);
    for (const [index, evidence] of chain.entries()) {
      const before = key === '' ? undefined : chain.slice(0, index).findLast((other) => !isSame(other, evidence));
      statements.set(evidence, checkPlace(evidence, before));
    }
  }
  return statements;
}

function checkPlace({ envelope }: Evidence, before: Evidence | undefined): readonly Statement[] {
  const { sequence, previous } = envelope;
  const broken = (reason: StatementReason): readonly Statement[] => [doesNotHold('chain', reason)];
  if ((sequence === 1) !== (previous === null)) {
    return broken(sequence === 1 ? { code: 'first-names-one-before' } : { code: 'names-none-before', sequence });
  }
  if (before === undefined) {
    return [sequence === 1 ? holds('chain') : holds('chain', { code: 'chain-begins-later', sequence })];
  }
  const { sequence: number, hash } = before.envelope;
  if (number === sequence) return broken({ code: 'number-twice', sequence });
  if (number + 1 < sequence) return broken({ code: 'numbers-missing', from: number + 1, to: sequence - 1 });
  return hash === previous ? [holds('chain')] : broken({ code: 'another-before', sequence: number });
}

function isSame(one: Evidence, other: Evidence): boolean {
  return one.envelope.hash === other.envelope.hash && one.envelope.sequence === other.envelope.sequence;
}

/** One name for one target. */
export function targetName({ partition, account, region, kind, id }: CertifiedTarget): string {
  return `${partition}/${account}/${region}/${kind}/${id}`;
}
