/** Counts what became of the inputs, and says so when a suite is over. */
export class Tally {
  readonly #counts = new Map<string, number>();
  #slowestMilliseconds = 0;

  /** Runs once, and counts the input under what `classify` answers. */
  async time(classify: () => string | Promise<string>): Promise<void> {
    const startedAt = performance.now();
    this.count(await classify());
    this.#slowestMilliseconds = Math.max(this.#slowestMilliseconds, performance.now() - startedAt);
  }

  count(label: string): void {
    this.#counts.set(label, (this.#counts.get(label) ?? 0) + 1);
  }

  labels(): readonly string[] {
    return [...this.#counts.keys()];
  }

  /** Past jest's console, which would put a stack trace under every line. */
  print(title: string): void {
    const sorted = [...this.#counts].sort(([, a], [, b]) => b - a);
    const total = sorted.reduce((sum, [, count]) => sum + count, 0);
    const classes = sorted.map(([label, count]) => `${label} ${String(count)}`).join(', ');
    process.stdout.write(
      `fuzz: ${title}: ${String(total)} inputs: ${classes}; slowest ${this.#slowestMilliseconds.toFixed(0)} ms\n`,
    );
  }
}
