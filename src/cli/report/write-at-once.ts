import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { onExit } from '../signals';

/**
 * Has files written into a directory of its own below the one that they are for, and moves them when all of them are
 * whole: whoever interrupts finds there what was there before.
 *
 * @param write answers the paths of the files, in the order in which they are moved
 * @returns where they are
 * @throws what the file system says
 */
export async function writeAtOnce(
  directory: string,
  write: (staging: string) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const staging = mkdtempSync(join(directory, '.portcullis-'));
  const remove = (): void => {
    rmSync(staging, { recursive: true, force: true });
  };
  const forget = onExit(remove);
  try {
    const files = await write(staging);
    return files.map((file) => {
      const place = join(directory, relative(staging, file));
      mkdirSync(dirname(place), { recursive: true });
      renameSync(file, place);
      return place;
    });
  } finally {
    forget();
    remove();
  }
}
