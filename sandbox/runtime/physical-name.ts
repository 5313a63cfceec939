import type { World } from './world';

/** The name that CloudFormation gives a resource without one: `Stack-LogicalId-1A2B3C4D5E6F`. */
export function physicalName(
  place: { readonly world: World; readonly stackName: string; readonly logicalId: string },
  maxCharacters: number,
): string {
  const random = place.world.id('', 12).toUpperCase();
  return `${`${place.stackName}-${place.logicalId}`.slice(0, maxCharacters - random.length - 1)}-${random}`;
}
