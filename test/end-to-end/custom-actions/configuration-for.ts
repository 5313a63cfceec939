import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SANDBOX_FILE } from '../deployed-portcullis';

/** The sandbox's configuration with another hub Region. The file goes when the test file is done. */
export function configurationFor(hubRegion: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'portcullis-configuration-'));
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  const file = join(directory, `${hubRegion}.yaml`);
  writeFileSync(file, readFileSync(SANDBOX_FILE, 'utf8').replaceAll('eu-central-1', hubRegion));
  return file;
}
