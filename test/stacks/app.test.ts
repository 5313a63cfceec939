import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

test('a configuration with mistakes ends the app with exit code 2 and a line for each, before anything is synthesized', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-'));
  try {
    const file = join(folder, 'portcullis.yaml');
    writeFileSync(file, 'prefix: no good\norganizationId: o-a1b2c3d4e5\nhub: {}\nmembers: {}\n');
    const tsx = join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs');
    const run = spawnSync(process.execPath, [tsx, join(ROOT, 'stacks', 'app.ts')], {
      env: { ...process.env, PORTCULLIS_CONFIG: file, CDK_OUTDIR: join(folder, 'out') },
      encoding: 'utf8',
    });
    expect(run.stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/: prefix: "no good" is not valid; write /),
      expect.stringMatching(/: hub\.account: is missing; write /),
      expect.stringMatching(/: hub\.aggregationRegion: is missing; write /),
      expect.stringMatching(/: members\.primaryRegion: is missing; write /),
      expect.stringMatching(/: members\.regions: is missing; list /),
    ]);
    expect(run.status).toBe(2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
