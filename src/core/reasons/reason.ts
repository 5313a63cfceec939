/**
 * Why something is as it is, as data: a code that is one of a kind in all of Portcullis, and the facts that its text is
 * made of. Facts are JSON. Whoever reads a record or a file of another version may meet codes that are not known here.
 */
export interface Reason {
  readonly code: string;
}

/** What a reason of one code is made of. */
type FactsOf<Of extends Reason, Code extends Of['code']> = Omit<Extract<Of, { readonly code: Code }>, 'code'>;

/** The text of each code of a family. */
export type ReasonTexts<Of extends Reason> = {
  readonly [Code in Of['code']]: (facts: FactsOf<Of, Code>) => string;
};

/** What docs/reasons.md says of each code of a family. */
export type ReasonDocs<Of extends Reason> = {
  readonly [Code in Of['code']]: {
    /** Facts to show the text with; a name in braces stands for itself. */
    readonly example: FactsOf<Of, Code>;
    /** What a person can do, in a sentence; empty where there is nothing to do. */
    readonly remedy: string;
  };
};

/** The text of a reason of a family. */
export function renderReason<Of extends Reason>(reason: Of, texts: ReasonTexts<Of>): string {
  const text = texts[reason.code as Of['code']] as unknown as (facts: Of) => string;
  return text(reason);
}
