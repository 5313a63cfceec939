import { sha256 } from '../../../src/aws/sha-256';
import type { Certificate } from '../../../src/core/certificate/certificate';
import { sealCertificate } from '../../../src/core/certificate/seal-certificate';
import { targetKey, type Target } from '../../../src/core/target';
import type { Ledger } from '../../../src/flow/ports';
import { NONCE } from '../fixtures';
import type { InMemoryWorld } from '../in-memory-ports';
import { answer, refuse } from './answers';

export function createInMemoryLedger(world: InMemoryWorld): Ledger {
  const chainOf = (target: Target): readonly Certificate[] => {
    const chain: Certificate[] = [];
    for (const contents of world.certificates) {
      if (targetKey(contents.parts.target) !== targetKey(target)) continue;
      const { sequence = 0, hash = null } = chain.at(-1) ?? {};
      chain.push(sealCertificate(contents, { sequence: sequence + 1, previous: hash }, sha256));
    }
    return chain;
  };
  return {
    saveRequest: (target, request) =>
      answer(() => {
        const key = targetKey(target);
        if (world.answered.has(`${key} ${request.id}`)) return 'answered';
        const isKnown = world.requests.some((each) => each.request.id === request.id && each.target === key);
        if (!isKnown) world.requests.push({ target: key, request });
        return 'waiting';
      }),
    fetchRequestState: (target, id) =>
      answer(() => {
        const key = targetKey(target);
        const given = world.answered.get(`${key} ${id}`);
        if (given) return { status: 'answered' as const, answer: given };
        const isKnown = world.requests.some((each) => each.request.id === id && each.target === key);
        if (!isKnown) return { status: 'unknown' as const };
        return { status: world.begun.has(`${key} ${id}`) ? ('begun' as const) : ('waiting' as const) };
      }),
    beginRequests: (target, requests) =>
      answer(() => {
        const waiting = requests.filter(({ id }) => !world.answered.has(`${targetKey(target)} ${id}`));
        for (const { id } of waiting) world.begun.add(`${targetKey(target)} ${id}`);
        return waiting;
      }),
    withdrawRequest: (target, id) => {
      const problem = world.whenWithdrawing();
      if (problem) return refuse(problem);
      return answer(() => {
        const key = targetKey(target);
        if (world.answered.has(`${key} ${id}`)) return 'answered' as const;
        if (world.begun.has(`${key} ${id}`)) return 'begun' as const;
        if (!world.requests.some((each) => each.request.id === id && each.target === key)) return 'unknown' as const;
        world.requests = world.requests.filter((each) => each.request.id !== id || each.target !== key);
        world.answered.set(`${key} ${id}`, { withdrawn: true, reason: 'withdrawn' });
        return 'withdrawn' as const;
      });
    },
    announceArrival: (target) =>
      answer(() => {
        const claim = world.claims.get(targetKey(target)) ?? { generation: 1, arrivals: 0 };
        const isNew = claim.isHeld !== true;
        claim.arrivals += 1;
        claim.isHeld = true;
        world.claims.set(targetKey(target), claim);
        return { generation: claim.generation, nonce: NONCE, isNew };
      }),
    openWork: (target, { generation }) => {
      const problem = world.whenOpeningWork();
      if (problem) return refuse(problem);
      return answer(() => {
        const claim = world.claims.get(targetKey(target));
        if (claim?.generation !== generation) return { kind: 'superseded' as const };
        const requests = world.requests
          .filter((each) => each.target === targetKey(target))
          .map(({ request }) => request);
        const handedOver = requests.slice(0, world.requestsPerRead);
        const more = handedOver.length < requests.length;
        return { kind: 'held' as const, arrivals: claim.arrivals, requests: handedOver, more };
      });
    },
    fetchWaitingUndos: (target) => {
      const problem = world.whenReadingUndos();
      if (problem) return refuse(problem);
      return answer(() =>
        world.requests.flatMap(({ target: key, request }) =>
          key === targetKey(target) && request.action === 'undo' ? [request] : [],
        ),
      );
    },
    answerRequests: (target, requests, given) =>
      answer(() => {
        const done = new Set(requests.map(({ id }) => id));
        for (const id of done) world.answered.set(`${targetKey(target)} ${id}`, given);
        world.requests = world.requests.filter(
          (each) => each.target !== targetKey(target) || !done.has(each.request.id),
        );
      }),
    release: (target, { generation }, arrivals) =>
      answer(() => {
        world.whenReleasing();
        const claim = world.claims.get(targetKey(target));
        if (claim?.generation !== generation || claim.arrivals !== arrivals) return false;
        claim.generation += 1;
        claim.isHeld = false;
        return true;
      }),
    giveUp: (target, { generation }) =>
      answer(() => {
        const claim = world.claims.get(targetKey(target));
        if (claim?.generation !== generation) return;
        claim.generation += 1;
        claim.isHeld = false;
      }),
    fetchRestored: (target) => {
      const problem = world.whenReadingRestored();
      return problem ? refuse(problem) : answer(() => world.restored.get(targetKey(target)) ?? []);
    },
    saveRestored: (target, restored) => {
      const problem = world.whenSavingRestored();
      return problem ? refuse(problem) : answer(() => void world.restored.set(targetKey(target), restored));
    },
    saveException: (exception) => {
      const problem = world.whenSavingException();
      return problem ? refuse(problem) : answer(() => void world.exceptions.set(exception.exceptionId, exception));
    },
    fetchException: (target, id) => {
      const problem = world.whenReadingExceptions();
      return problem ? refuse(problem) : answer(() => world.exceptions.get(id));
    },
    fetchExceptions: (target) => {
      const problem = world.whenReadingExceptions();
      if (problem) return refuse(problem);
      return answer(() =>
        [...world.exceptions.values()].filter(
          (each) => target === undefined || targetKey(each.target) === targetKey(target),
        ),
      );
    },
    saveGrant: (grant) => {
      const problem = world.whenSavingGrant();
      return problem ? refuse(problem) : answer(() => void world.grants.set(grant.grantId, grant));
    },
    fetchGrant: (target, id) => {
      const problem = world.whenReadingGrants();
      return problem ? refuse(problem) : answer(() => world.grants.get(id));
    },
    fetchGrants: (target) => {
      const problem = world.whenReadingGrants();
      if (problem) return refuse(problem);
      return answer(() =>
        [...world.grants.values()].filter(
          (each) => target === undefined || targetKey(each.target) === targetKey(target),
        ),
      );
    },
    saveRemediation: (record) => {
      const problem = world.whenSaving(record);
      if (problem) return refuse(problem);
      return answer(() => {
        world.saved.push(record);
        world.records.set(record.remediationId, record);
      });
    },
    fetchRemediation: (id) => {
      const problem = world.whenReadingLedger();
      return problem ? refuse(problem) : answer(() => world.records.get(id));
    },
    fetchRemediationsOf: (target) =>
      answer(() =>
        [...world.records.values()]
          .filter((each) => targetKey(each.target) === targetKey(target))
          .sort((a, b) => b.startedAt.localeCompare(a.startedAt)),
      ),
    saveCertificate: (contents) => {
      const problem = world.whenCertifying(contents);
      if (problem) return refuse(problem);
      return answer(() => {
        world.certificates.push(contents);
        const { sequence, hash } = chainOf(contents.parts.target).at(-1) as Certificate;
        return { sequence, hash };
      });
    },
    fetchChainEnd: (target, backTo) =>
      answer(() => {
        const chain = chainOf(target);
        const last = chain.findLastIndex(({ remediationId }) => remediationId === backTo);
        return backTo === undefined ? chain.slice(-1) : chain.slice(Math.max(last, 0));
      }),
    fetchCertificatesOf: () => answer(() => world.certificates),
  };
}
