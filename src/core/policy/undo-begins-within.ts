/**
 * An undo that has not begun by then is not carried out: it opens something, and what was wanted when it was asked for
 * may not be wanted any more. Longer than a closing that is under way on the target usually takes.
 */
export const UNDO_BEGINS_WITHIN_MINUTES = 15;

/**
 * Whether an undo may still be carried out, by the clocks of two functions: whoever asks has none that counts. A time
 * that nobody wrote, or that lies as far ahead, is not known, and an undo opens something.
 *
 * @param askedAt when its request was written down, ISO 8601, UTC
 */
export function beginsInTime(askedAt: string | undefined, now: Date): boolean {
  if (askedAt === undefined) return false;
  return Math.abs(now.getTime() - Date.parse(askedAt)) <= UNDO_BEGINS_WITHIN_MINUTES * 60_000;
}
