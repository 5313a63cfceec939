import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TSX_CACHE } from '../../setup/tsx-cache';
import { startCli, type RunningCli } from '../running-cli';

/** The configuration that the sandbox deploys where none is named. */
export const CONFIGURATION = readFileSync(join(__dirname, '..', '..', '..', 'portcullis.sandbox.yaml'), 'utf8');

/** Where commands are started that may leave nothing behind. */
export interface Place {
  /** Files of the test. */
  readonly directory: string;
  /** The temporary directory of the commands. */
  readonly temporary: string;
  /** What commands have left in it. */
  leftBehind(): readonly string[];
  /** Writes one of the test's files; answers the name, as commands take it. */
  write(name: string, text: string): string;
  start(args: readonly string[]): RunningCli;
  remove(): void;
}

export function createPlace(): Place {
  const directory = mkdtempSync(join(tmpdir(), 'portcullis-sandbox-test-'));
  const temporary = mkdtempSync(join(directory, 'tmp-'));
  // tsx keeps there what it has transformed, which takes it longer than the commands take.
  const transformed = join(tmpdir(), TSX_CACHE);
  if (existsSync(transformed)) symlinkSync(transformed, join(temporary, TSX_CACHE));
  return {
    directory,
    temporary,
    /** tsx, and Node from version 22 on, keep caches in directories of their own, for the next command. */
    leftBehind: () => readdirSync(temporary).filter((name) => !/^(tsx-|node-compile-cache$)/.test(name)),
    write(name, text) {
      writeFileSync(join(directory, name), text);
      return name;
    },
    start: (args) => startCli(args, { cwd: directory, env: { TMPDIR: temporary } }),
    remove: () => {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
