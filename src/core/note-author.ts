/** Who the notes on findings are from: a note of anybody else is kept in the ledger before ours replaces it. */
export const NOTE_AUTHOR = 'Portcullis';
