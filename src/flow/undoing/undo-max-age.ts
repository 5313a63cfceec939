/** Days after which an undo must be confirmed, where the policy does not say. */
export const UNDO_MAX_AGE_DAYS = 30;
