import type { Command } from 'commander';
export function registerReport(program: Command): void {
  program.command('report').option('--out <dir>').action(() => { throw new Error('x\ny'); });
}
