/**
 * The field of our own product that says why a finding is not closed by itself. Whoever imports findings may write it:
 * what it brings about is that a person is asked.
 */
export const KEEPS_REOPENING_FIELD = 'portcullis/KeepsReopening';
