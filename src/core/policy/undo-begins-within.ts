/**
 * An undo that has not begun by then is not carried out: it opens something, and what was wanted when it was asked for
 * may not be wanted any more. Longer than a closing that is under way on the target usually takes.
 */
export const UNDO_BEGINS_WITHIN_MINUTES = 15;
