/** EC2 keeps 32767 and 32768 for its own last entries: https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html */
const HIGHEST_RULE_NUMBER = 32766;

/** The rule numbers of one direction of a network ACL while a plan gives them out. */
export interface RuleNumbers {
  /** Of entries that stay, and given out already. */
  readonly taken: ReadonlySet<number>;
  /** Of entries that go: kept for an undo, and given out when no others are left. */
  readonly leaving: ReadonlySet<number>;
}

/**
 * Up to `wanted` numbers between the neighbours of an entry, ascending: below it as far as there is room, then above, and
 * only then those of entries that go. An entry that goes is no neighbour.
 */
export function numbersAround(number: number, wanted: number, { taken, leaving }: RuleNumbers): readonly number[] {
  const others = [...taken].filter((other) => other !== number);
  const below = Math.max(0, ...others.filter((other) => other < number));
  const above = Math.min(HIGHEST_RULE_NUMBER + 1, ...others.filter((other) => other > number));
  const numbers: number[] = [];
  const take = (candidate: number): void => {
    if (!leaving.has(candidate)) numbers.push(candidate);
  };
  for (let free = number - 1; free > below && numbers.length < wanted; free--) take(free);
  for (let free = number + 1; free < above && numbers.length < wanted; free++) take(free);
  const spare = [...leaving].filter((free) => below < free && free < above).sort((a, b) => a - b);
  return [...numbers, ...spare.slice(0, wanted - numbers.length)].sort((a, b) => a - b);
}
