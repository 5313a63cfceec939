import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** Findings repeat themselves: the fastest level takes a tenth of their size, and higher ones little more. */
const LEVEL = 1;

/**
 * Packs files that are there whole. The zip is there whole or not at all.
 *
 * @param files their names below the directory, which are their names in the zip
 * @throws what the file system says
 */
export async function writeZip(zip: string, directory: string, files: readonly string[]): Promise<void> {
  const part = `${zip}.part`;
  const archive = new ZipFile();
  for (const name of files) archive.addFile(join(directory, name), name, { compressionLevel: LEVEL });
  archive.end();
  try {
    await pipeline(archive.outputStream, createWriteStream(part));
    renameSync(part, zip);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}
