import { spawnSync } from 'node:child_process';

export interface Timed {
  /** Of all processors together, the garbage collector's included: on a busy machine nothing else can be compared. */
  readonly processorMilliseconds: number;
  readonly milliseconds: number;
  readonly peakMegabytes: number;
}

/**
 * Times code in a process of its own, without the process's start, so that its peak memory is its own too.
 * What it prints is thrown away.
 *
 * @param load statements that are not timed
 * @param timed an expression; a promise is awaited
 * @param heapMegabytes the most that its objects may take; V8's own limit unless given
 */
export function timeInProcess(
  root: string,
  load: string,
  timed: string,
  input: readonly string[],
  heapMegabytes?: number,
): Timed {
  const script = `${load}
(async () => {
  const [before, processor] = [performance.now(), process.cpuUsage()];
  await (${timed});
  const { user, system } = process.cpuUsage(processor);
  process.stderr.write(JSON.stringify({
    processorMilliseconds: (user + system) / 1000,
    milliseconds: performance.now() - before,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  }));
})();`;
  const limit = heapMegabytes === undefined ? [] : [`--max-old-space-size=${String(heapMegabytes)}`];
  const { status, stderr } = spawnSync(
    process.execPath,
    [...limit, '--require', 'tsx/cjs', '--eval', script, ...input],
    {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  if (status !== 0) throw new Error(`a timed process failed: ${stderr}`);
  return JSON.parse(stderr) as Timed;
}

/**
 * The run in the middle, by the time of the processors, of a few that took turns: what else the machine does hits all
 * alike.
 */
export function medianOfTurns(turns: number, ...runs: readonly (() => Timed)[]): readonly Timed[] {
  const timed = runs.map((): Timed[] => []);
  for (let turn = 0; turn < turns; turn++) for (const [i, run] of runs.entries()) timed[i]?.push(run());
  return timed.flatMap((all) => {
    const sorted = all.sort((a, b) => a.processorMilliseconds - b.processorMilliseconds);
    return sorted[sorted.length >> 1] ?? [];
  });
}
