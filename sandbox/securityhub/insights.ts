import type { AwsSecurityFinding, Insight } from '@aws-sdk/client-securityhub';
import { z } from 'zod';

import { AwsError } from '../runtime/aws-error';
import { Regional } from '../runtime/regional';
import type { World } from '../runtime/world';
import { DATE_FIELDS, STRING_FIELDS } from './finding-fields';
import { parseFilters } from './finding-filters';
import { invalidInput, notFound } from './securityhub-error';

/** https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub_limits.html */
const MAX_INSIGHTS = 100;
/** Of attributes, and of values of one: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Insight.html */
const MAX_ATTRIBUTES = 10;
export const MAX_VALUES = 20;

/** An insight as templates write it. */
export const insightProperties = z.strictObject({
  Name: z.string().trim().min(1),
  GroupByAttribute: z.string().trim().min(1),
  Filters: z.record(z.string(), z.unknown()),
});

interface Place {
  readonly world: World;
  readonly account: string;
  readonly region: string;
}

/** Custom insights. https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-custom-insights.html */
export class Insights {
  readonly #places = new Regional(() => new Map<string, Insight>());

  /** @throws AwsError InvalidInputException, also for a field that the sandbox does not have; LimitExceededException */
  create(
    { world, account, region }: Place,
    { Name, Filters, GroupByAttribute }: { Name?: string; Filters?: object; GroupByAttribute?: string },
  ): string {
    if (!Name?.trim()) throw invalidInput('Name must not be empty');
    const attributes = Object.keys(Filters ?? {}).length;
    if (attributes < 1 || attributes > MAX_ATTRIBUTES) {
      throw invalidInput(`Filters must have 1 to ${MAX_ATTRIBUTES} attributes, not ${attributes}`);
    }
    parseFilters(Filters ?? {}, () => MAX_VALUES);
    readerOf(GroupByAttribute ?? '');
    const insights = this.#places.at(account, region);
    if (insights.size >= MAX_INSIGHTS) {
      throw new AwsError('LimitExceededException', `An account has at most ${MAX_INSIGHTS} insights.`, 429);
    }
    const owner = `arn:${world.partition}:securityhub:${region}:${account}`;
    const InsightArn = `${owner}:insight/${account}/custom/${world.uuid()}`;
    insights.set(InsightArn, { InsightArn, Name, Filters, GroupByAttribute });
    return InsightArn;
  }

  /** @throws AwsError ResourceNotFoundException */
  get({ account, region }: Place, arn: string): Insight {
    const insight = this.#places.at(account, region).get(arn);
    if (!insight) throw notFound(`Insight ${arn} does not exist.`);
    return insight;
  }

  all({ account, region }: Place): readonly Insight[] {
    return [...this.#places.at(account, region).values()];
  }

  /** @throws AwsError ResourceNotFoundException */
  delete(place: Place, arn: string): void {
    this.get(place, arn);
    this.#places.at(place.account, place.region).delete(arn);
  }
}

/**
 * What findings are grouped by.
 * @throws AwsError InvalidInputException for an attribute that the sandbox does not have
 */
export function readerOf(attribute: string): (finding: AwsSecurityFinding) => readonly (string | undefined)[] {
  const texts = STRING_FIELDS[attribute] ?? DATE_FIELDS[attribute];
  if (!texts) throw invalidInput(`GroupByAttribute ${attribute} is not in the sandbox`);
  return texts;
}
