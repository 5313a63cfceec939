interface FileResult {
  readonly testFilePath: string;
  readonly perfStats: { readonly runtime: number };
}

/** A reporter of Jest's. */
declare class SlowestFiles {
  onRunComplete(contexts: unknown, results: { readonly testResults: readonly FileResult[] }): void;
}

export = SlowestFiles;
