/** What functions fetch from elsewhere arrives here, with the address that they meant in `x-sandbox-url`. */
export const OUTSIDE_PATH = '/_outside';
