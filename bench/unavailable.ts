/** What a benchmark needs is not to be had here. That is no figure and no pass: `npm run bench` ends with 4. */
export class Unavailable extends Error {}
