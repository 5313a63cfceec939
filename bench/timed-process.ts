import { spawnSync } from 'node:child_process';

export interface Timed {
  readonly milliseconds: number;
  readonly peakMegabytes: number;
}

/**
 * Times a piece of code in a process of its own, without the process's start, so that its peak memory is its own too.
 * What it prints is thrown away.
 *
 * @param load statements that are not timed
 * @param timed an expression; a promise is awaited
 */
export function timeInProcess(root: string, load: string, timed: string, input: readonly string[]): Timed {
  const script = `${load}
(async () => {
  const before = performance.now();
  await (${timed});
  const milliseconds = performance.now() - before;
  process.stderr.write(JSON.stringify({ milliseconds, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
})();`;
  const { status, stderr } = spawnSync(process.execPath, ['--require', 'tsx/cjs', '--eval', script, ...input], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0) throw new Error(`a timed process failed: ${stderr}`);
  return JSON.parse(stderr) as Timed;
}
