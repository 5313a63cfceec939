import type {
  CreateInsightRequest,
  CreateInsightResponse,
  DeleteInsightRequest,
  DeleteInsightResponse,
  GetInsightResultsRequest,
  GetInsightResultsResponse,
  GetInsightsRequest,
  GetInsightsResponse,
} from '@aws-sdk/client-securityhub';

import type { CallContext, Operation } from '../runtime/operation';
import { parseFilters } from './finding-filters';
import type { FindingStore } from './finding-store';
import { hubArn } from './hub-arn';
import { MAX_VALUES, readerOf, type Insights } from './insights';
import { pageOf } from './paging';

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetInsightResults.html */
const MAX_RESULTS = 100;

export interface InsightOperations {
  readonly CreateInsight: Operation<CreateInsightRequest, CreateInsightResponse>;
  readonly GetInsights: Operation<GetInsightsRequest, GetInsightsResponse>;
  readonly GetInsightResults: Operation<GetInsightResultsRequest, GetInsightResultsResponse>;
  readonly DeleteInsight: Operation<DeleteInsightRequest, DeleteInsightResponse>;
}

/**
 * Insights of an account and Region, over the findings that it sees there. They throw InvalidInputException,
 * ResourceNotFoundException and LimitExceededException. Those that Security Hub brings along, and UpdateInsight, are
 * not in the sandbox.
 */
export function createInsightOperations(insights: Insights, store: FindingStore): InsightOperations {
  const on = (action: string) => (_input: object, context: CallContext) => [
    { action: `securityhub:${action}`, resource: hubArn(context) },
  ];
  return {
    CreateInsight: {
      permissions: on('CreateInsight'),
      handle: (input, context) => ({
        InsightArn: insights.create(context, {
          Name: input.Name ?? '',
          GroupByAttribute: input.GroupByAttribute ?? '',
          Filters: JSON.parse(JSON.stringify(input.Filters ?? {})) as object,
        }),
      }),
    },
    GetInsights: {
      permissions: on('GetInsights'),
      handle: ({ InsightArns, NextToken, MaxResults = MAX_RESULTS }, context) => {
        const named = InsightArns?.map((arn) => insights.get(context, arn)) ?? [];
        const all = named.length > 0 ? named : insights.all(context);
        const { page, next } = pageOf(all, { NextToken, MaxResults });
        return { Insights: page, ...next };
      },
    },
    GetInsightResults: {
      permissions: on('GetInsightResults'),
      handle: ({ InsightArn = '' }, context) => {
        const { Filters = {}, GroupByAttribute = '' } = insights.get(context, InsightArn);
        const [matches, read] = [parseFilters(Filters, () => MAX_VALUES), readerOf(GroupByAttribute)];
        const counts = new Map<string, number>();
        for (const { finding } of store.visibleTo(context)) {
          if (!matches(finding, context.world.clock.now())) continue;
          for (const value of new Set(read(finding))) {
            if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
          }
        }
        const ResultValues = [...counts]
          .map(([GroupByAttributeValue, Count]) => ({ GroupByAttributeValue, Count }))
          .toSorted((left, right) => right.Count - left.Count)
          .slice(0, MAX_RESULTS);
        return { InsightResults: { InsightArn, GroupByAttribute, ResultValues } };
      },
    },
    DeleteInsight: {
      permissions: on('DeleteInsight'),
      handle: ({ InsightArn = '' }, context) => {
        insights.delete(context, InsightArn);
        return { InsightArn };
      },
    },
  };
}
