import type { Finding } from '../../core/findings/finding';
import { isFromSecurityHub } from '../../core/findings/is-from-security-hub';
import { mergeFaces } from '../../core/findings/ocsf/merge-faces';
import { success } from '../../core/result';
import type { Target } from '../../core/target';
import type { PortResult, UnprocessedFinding } from '../../flow/ports';
import type { HubFace, Workflow } from './hub-face';
import { identityOf } from './identity-of';

const ALL: readonly Workflow[] = ['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED'];

/** Security Hub CSPM and V2: one finding is read from both, and updated in both. */
export function createBothFaces(cspm: HubFace, v2: HubFace): HubFace {
  async function readBoth(read: (face: HubFace) => PortResult<readonly Finding[]>): PortResult<readonly Finding[]> {
    const [asff, ocsf] = await Promise.all([read(cspm), read(v2)]);
    if (!asff.ok) return asff;
    return ocsf.ok ? success(merge(asff.value, ocsf.value)) : ocsf;
  }

  const [ofCspm, ofV2] = [cspm.fetchOnTargets, v2.fetchOnTargets];

  return {
    fetchFindings: (keys) => readBoth((face) => face.fetchFindings(keys)),
    fetchFindingsByIds: (ids) => readBoth((face) => face.fetchFindingsByIds(ids)),

    async fetchOnTarget(target, workflows) {
      // Of each status: which of two counts is known only once both are.
      const found = await readBoth((face) => face.fetchOnTarget(target, ALL));
      return found.ok ? success(found.value.filter(({ workflow }) => workflows.includes(workflow))) : found;
    },

    ...(ofCspm &&
      ofV2 && {
        async fetchOnTargets(targets: readonly Target[], workflows: readonly Workflow[]) {
          const [asff, ocsf] = await Promise.all([ofCspm(targets, ALL), ofV2(targets, ALL)]);
          if (!asff.ok) return asff;
          if (!ocsf.ok) return ocsf;
          if (asff.value === undefined || ocsf.value === undefined) return success(undefined);
          return success(merge(asff.value, ocsf.value).filter(({ workflow }) => workflows.includes(workflow)));
        },
      }),

    /**
     * V2 first: CSPM's event, which comes last, finds both updated. What one of them refuses does not keep the other
     * from it.
     */
    async updateFindings(keys, update) {
      const updated = await v2.updateFindings(keys, update);
      const asff = await cspm.updateFindings(keys, update);
      if (!asff.ok) return asff;
      const inV2 = updated.ok
        ? updated.value.filter(isMissed)
        : keys
            .filter(isFromSecurityHub)
            .map((key) => ({ ...key, reason: updated.error.cause, retryable: updated.error.retryable }));
      const known = new Set(asff.value.map(identityOf));
      return success([...asff.value, ...inV2.filter((each) => !known.has(identityOf(each)))]);
    },
  };
}

/** V2 shows what Security Hub found itself; what others imported into CSPM need not be there. */
function isMissed({ productArn }: UnprocessedFinding): boolean {
  return isFromSecurityHub({ productArn });
}

function merge(asff: readonly Finding[], ocsf: readonly Finding[]): readonly Finding[] {
  const others = new Map(ocsf.map((finding) => [identityOf(finding), finding]));
  const merged = asff.map((finding) => {
    const other = others.get(identityOf(finding));
    others.delete(identityOf(finding));
    return other === undefined ? finding : mergeFaces(finding, other);
  });
  // What only CSPM could say of it, it will: its finding is on its way.
  return [...merged, ...[...others.values()].filter(({ control }) => control !== undefined)];
}
