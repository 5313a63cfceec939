import type { SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { SecurityHubKind } from '../../core/security-hub-kind';
import type { Target } from '../../core/target';
import type { Clock, FindingsByIds, Hub } from '../../flow/ports';
import { systemClock } from '../system-clock';
import { createBothFaces } from './both-faces';
import { createCspmFace } from './cspm-face';
import type { HubFace } from './hub-face';
import { createV2Face } from './v2-face';

/** @param clock says when a comment of Security Hub V2 was written, which V2 itself does not */
export function createHub(
  client: SecurityHubClient,
  kind: SecurityHubKind = 'cspm',
  clock: Clock = systemClock,
): Hub & FindingsByIds {
  const face = createFace(client, kind, clock);
  const { fetchOnTargets } = face;
  return {
    fetchFindings: (keys) => face.fetchFindings(keys),
    fetchFindingsByIds: (ids) => face.fetchFindingsByIds(ids),
    fetchFindingsOnTarget: (target) => face.fetchOnTarget(target, ['NEW', 'NOTIFIED']),
    ...(fetchOnTargets === undefined
      ? {}
      : { fetchFindingsOnTargets: (targets: readonly Target[]) => fetchOnTargets(targets, ['NEW', 'NOTIFIED']) }),
    fetchResolvedOnTarget: (target) => face.fetchOnTarget(target, ['RESOLVED']),
    fetchResolvedOrSuppressed: (target) => face.fetchOnTarget(target, ['RESOLVED', 'SUPPRESSED']),
    updateFindings: (keys, update) => face.updateFindings(keys, update),
  };
}

function createFace(client: SecurityHubClient, kind: SecurityHubKind, clock: Clock): HubFace {
  switch (kind) {
    case 'cspm':
      return createCspmFace(client);
    case 'v2':
      return createV2Face(client, clock);
    case 'both':
      return createBothFaces(createCspmFace(client), createV2Face(client, clock));
  }
}
