import { targetArn, type Target } from '../../target';
import type { CsvColumn } from './csv';

/** What has a target and an end, as far as both exceptions and grants have it. */
interface Ending {
  readonly target: Target;
  readonly reason: string;
  readonly by: string;
  readonly since: string | undefined;
  readonly until: string;
  readonly ended?: { readonly at: string; readonly by: string };
}

export const COLUMNS_OF_TARGET: readonly CsvColumn<Pick<Ending, 'target'>>[] = [
  { name: 'account', valueOf: ({ target }) => target.account },
  { name: 'region', valueOf: ({ target }) => target.region },
  { name: 'resource_id', valueOf: ({ target }) => target.id },
  { name: 'resource_arn', valueOf: ({ target }) => targetArn(target) },
];

/** Why, who, from when until when. Times are ISO 8601, UTC. */
export const COLUMNS_OF_ENDING: readonly CsvColumn<Ending>[] = [
  { name: 'reason', valueOf: ({ reason }) => reason },
  { name: 'by', valueOf: ({ by }) => by },
  { name: 'since', valueOf: ({ since }) => since },
  { name: 'until', valueOf: ({ until }) => until },
  { name: 'ended_at', valueOf: ({ ended }) => ended?.at },
  { name: 'ended_by', valueOf: ({ ended }) => ended?.by },
];
