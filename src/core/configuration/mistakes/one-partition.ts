import { partitionOf } from '../../partition-of';

interface Regions {
  readonly hub: { readonly aggregationRegion: string };
  readonly members: { readonly regions: readonly string[] };
  readonly automationRuleRegions?: readonly string[] | undefined;
}

/** A Region that no role and no finding of the hub's partition reaches. */
export interface Stranger {
  readonly path: (string | number)[];
  readonly message: string;
}

/**
 * An organization lives in one partition:
 * https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
export function findStrangers({ hub, members, automationRuleRegions = [] }: Regions): readonly Stranger[] {
  const home = partitionOf(hub.aggregationRegion);
  const strangersIn = (regions: readonly string[], ...path: readonly string[]): readonly Stranger[] =>
    regions.flatMap((region, index) => {
      const partition = partitionOf(region);
      if (partition === home) return [];
      const message = `is in partition ${partition}, but hub.aggregationRegion ${hub.aggregationRegion} in ${home}, and a deployment stays within one`;
      return [{ path: [...path, index], message }];
    });
  return [
    ...strangersIn(members.regions, 'members', 'regions'),
    ...strangersIn(automationRuleRegions, 'automationRuleRegions'),
  ];
}
