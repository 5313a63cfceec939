import type {
  AwsSecurityFinding,
  GetFindingsRequest,
  GetFindingsResponse,
  SortCriterion,
} from '@aws-sdk/client-securityhub';

import type { Operation } from '../runtime/operation';
import { DATE_FIELDS, NUMBER_FIELDS, STRING_FIELDS } from './finding-fields';
import { parseFilters } from './finding-filters';
import type { FindingStore } from './finding-store';
import { hubArn } from './hub-arn';
import { pageOf } from './paging';
import { invalidInput } from './securityhub-error';

const MAX_RESULTS = 100;
const MAX_FILTER_VALUES = 20;

/**
 * Finds what the caller's account may see there: the administrator's account also its members' findings, in the
 * aggregation Region those of all linked Regions. Pages of ≤100; ≤20 values a filter; other filters are refused.
 * It throws InvalidInputException, also for a filter or sort field that the sandbox does not have.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html
 */
export function createGetFindings(store: FindingStore): Operation<GetFindingsRequest, GetFindingsResponse> {
  return {
    permissions: (_input, context) => [{ action: 'securityhub:GetFindings', resource: hubArn(context) }],
    handle: ({ Filters = {}, SortCriteria = [], MaxResults = MAX_RESULTS, NextToken }, context) => {
      if (!Number.isInteger(MaxResults) || MaxResults < 1 || MaxResults > MAX_RESULTS) {
        throw invalidInput(`MaxResults must be from 1 to ${MAX_RESULTS}, not ${MaxResults}`);
      }
      const matches = parseFilters(Filters, () => MAX_FILTER_VALUES);
      const found = store
        .visibleTo(context)
        .map(({ finding }) => finding)
        .filter((finding) => matches(finding, context.world.clock.now()));
      const sorted = sort(found, SortCriteria);
      const { page, next } = pageOf(sorted, { NextToken, MaxResults });
      return { Findings: page, ...next };
    },
  };
}

function sort(findings: readonly AwsSecurityFinding[], criteria: readonly SortCriterion[]): AwsSecurityFinding[] {
  const orders = criteria.map(({ Field = '', SortOrder }) => ({
    read: reader(Field),
    sign: SortOrder === 'desc' ? -1 : 1,
  }));
  return findings.toSorted((left, right) => {
    for (const { read, sign } of orders) {
      const [a, b] = [read(left), read(right)];
      if (a !== b) return (a < b ? -1 : 1) * sign;
    }
    return 0;
  });
}

function reader(field: string): (finding: AwsSecurityFinding) => string | number {
  const number = NUMBER_FIELDS[field];
  if (number) return (finding) => number(finding) ?? -1;
  const texts = STRING_FIELDS[field] ?? DATE_FIELDS[field];
  if (!texts) throw invalidInput(`SortCriteria field ${field} is not in the sandbox`);
  return (finding) => texts(finding)[0] ?? '';
}
