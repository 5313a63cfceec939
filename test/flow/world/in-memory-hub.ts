import type { Finding } from '../../../src/core/findings/finding';
import { targetArn, type Target } from '../../../src/core/target';
import { findingIdentity } from '../../../src/flow/intake/route-finding';
import type { FindingsByIds, Hub, HubUpdate } from '../../../src/flow/ports';
import type { InMemoryWorld } from '../in-memory-ports';
import { answer, refuse } from './answers';

export function createInMemoryHub(world: InMemoryWorld): Hub & FindingsByIds {
  const activeOn = (target: Target, statuses: readonly Finding['workflow'][]) =>
    world.findings.filter(
      (each) =>
        each.target !== undefined &&
        targetArn(each.target) === targetArn(target) &&
        each.recordState === 'ACTIVE' &&
        statuses.includes(each.workflow),
    );
  return {
    fetchFindings: (keys) => {
      const problem = world.whenFetching(keys);
      const wanted = new Set(keys.map(findingIdentity));
      return problem
        ? refuse(problem)
        : answer(() =>
            world.now < world.findingsShowAt ? [] : world.findings.filter((each) => wanted.has(findingIdentity(each))),
          );
    },
    fetchFindingsByIds: (ids) => answer(() => world.findings.filter(({ id }) => ids.includes(id))),
    fetchFindingsOnTarget: (target) => answer(() => activeOn(target, ['NEW', 'NOTIFIED'])),
    fetchResolvedOnTarget: (target) => answer(() => activeOn(target, ['RESOLVED'])),
    fetchResolvedOrSuppressed: (target) => answer(() => activeOn(target, ['RESOLVED', 'SUPPRESSED'])),
    updateFindings: (keys, update) => {
      const problem = world.whenUpdating(keys, update);
      if (problem) return refuse(problem);
      const unprocessed = world.whenProcessing(keys);
      const left = new Set(unprocessed.map(({ id }) => id));
      for (const key of keys.filter(({ id }) => !left.has(id))) {
        world.updates.set(key.id, update);
        world.findings = world.findings.map((finding) => (finding.id === key.id ? updated(finding, update) : finding));
      }
      return answer(() => unprocessed);
    },
  };
}

/** As Security Hub does it: the whole map of user-defined fields is replaced. */
function updated(finding: Finding, { workflow, userDefinedFields: fields }: HubUpdate): Finding {
  const { portcullisOutcome: _outcome, portcullisRemediationId: _id, userDefinedFields: _fields, ...rest } = finding;
  const outcome = fields?.['PortcullisOutcome'];
  const remediationId = fields?.['PortcullisRemediationId'];
  return {
    ...(fields === undefined ? finding : rest),
    workflow: workflow ?? finding.workflow,
    ...(fields === undefined ? {} : { userDefinedFields: fields }),
    ...(outcome === undefined ? {} : { portcullisOutcome: outcome }),
    ...(remediationId === undefined ? {} : { portcullisRemediationId: remediationId }),
  };
}
