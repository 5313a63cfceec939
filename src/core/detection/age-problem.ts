/**
 * The longest that an event can be on its way by itself: EventBridge tries for a day, and the queue keeps it for four.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
 */
const MAX_AGE_MILLIS = 5 * 24 * 3_600_000;

/** What clocks of AWS may differ by, with room. */
const MAX_AHEAD_MILLIS = 15 * 60_000;

/**
 * Why an event of that time is not worked on; undefined when it may be. What it says of the actor would be held against
 * what somebody else has changed since.
 * @param at ISO 8601
 */
export function ageProblem(at: string, now: Date): string | undefined {
  const age = now.getTime() - Date.parse(at);
  if (age > MAX_AGE_MILLIS) {
    return `The call was made at ${at}, longer ago than an event can be on its way: look at the target itself.`;
  }
  return age < -MAX_AHEAD_MILLIS ? `The call is said to be made at ${at}, which is still to come.` : undefined;
}
