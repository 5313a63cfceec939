/** Inputs that each property gets: few beside the other tests, `PORTCULLIS_FUZZ_RUNS=50000` for the long run. */
export const RUNS = Number(process.env['PORTCULLIS_FUZZ_RUNS'] ?? 200);

const LONG_RUN_MINUTES = 60;

export const TIMEOUT_MILLISECONDS = LONG_RUN_MINUTES * 60_000;
