/** What is within every page of a report: `report.css`, `report.js` and the hash that lets that one script run. */
export interface PageAssets {
  readonly styles: string;
  readonly script: string;
  /** SHA-256 of the script in Base64, for the page's Content-Security-Policy. */
  readonly scriptHash: string;
}
