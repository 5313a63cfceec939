import type { GetFindingsV2Request, GetFindingsV2Response } from '@aws-sdk/client-securityhub';

import type { Operation } from '../../runtime/operation';
import type { FindingStore } from '../finding-store';
import { pageOf } from '../paging';
import { hasFace, type Faces } from './faces';
import { hubV2Arn, type HubsV2 } from './hubs-v2';
import { requireHubV2 } from './require-hub-v2';
import { parseOcsfFilters } from './ocsf-filters';
import { toOcsf } from './to-ocsf';
import { invalid } from './validation-error';

const MAX_RESULTS = 100;

/**
 * Finds what the caller's account may see there, in OCSF. Permitted as `securityhub:GetFindings`, on the hub of V2.
 * It throws ValidationException, and ConflictException where V2 is not switched on.
 * https://docs.aws.amazon.com/securityhub/latest/APIReference/API_GetFindingsV2.html
 */
export function createGetFindingsV2(
  store: FindingStore,
  hubs: HubsV2,
  faces: Faces,
): Operation<GetFindingsV2Request, GetFindingsV2Response> {
  return {
    permissions: (_input, context) => [
      { action: 'securityhub:GetFindings', resource: hubV2Arn(context.world, context) },
    ],
    handle: ({ Filters = {}, Scopes, SortCriteria = [], MaxResults = MAX_RESULTS, NextToken }, context) => {
      requireHubV2(hubs, context);
      if (!Number.isInteger(MaxResults) || MaxResults < 1 || MaxResults > MAX_RESULTS) {
        throw invalid(`MaxResults must be from 1 to ${MAX_RESULTS}, not ${MaxResults}`);
      }
      if (Scopes !== undefined) throw invalid('Scopes are not in the sandbox');
      if (SortCriteria.length > 0) throw invalid('SortCriteria are not in the sandbox');
      const matches = parseOcsfFilters(Filters);
      const found = store
        .visibleTo(context)
        .filter(hasFace)
        .map((stored) => toOcsf(stored, faces.of(stored, context.readsAsOfMillis)))
        .filter(matches);
      const { page, next } = pageOf(found, { NextToken, MaxResults });
      return { Findings: page as GetFindingsV2Response['Findings'], ...next };
    },
  };
}
