import { userInfo } from 'node:os';

/** The folder of the temporary directory in which tsx keeps what it transformed (https://tsx.is). */
export const TSX_CACHE = `tsx-${String(process.geteuid?.() ?? userInfo().username)}`;
