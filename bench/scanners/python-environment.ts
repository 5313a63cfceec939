import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Unavailable } from '../unavailable';

const IS_WINDOWS = process.platform === 'win32';

/**
 * A virtual environment in `.venv/bench`, made once for each content of its requirements file.
 *
 * @returns its Python
 * @throws Unavailable without Python or PyPI
 */
export function ensurePython(root: string, name: string): string {
  const requirements = path.join(__dirname, `${name}.txt`);
  const environment = path.join(root, '.venv', 'bench', name);
  const bin = path.join(environment, IS_WINDOWS ? 'Scripts' : 'bin');
  const python = path.join(bin, 'python');
  const stamp = path.join(environment, 'requirements.sha256');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;

  process.stderr.write(`bench: installing ${name} from PyPI (once; some minutes) …\n`);
  rmSync(environment, { recursive: true, force: true });
  mkdirSync(path.dirname(environment), { recursive: true });
  const system = IS_WINDOWS ? 'python' : 'python3';
  run(system, ['-m', 'venv', environment], `${system} with its venv module is needed (3.11 or newer)`);
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements];
  run(python, install, `PyPI cannot be reached, or does not have the version of ${name} that ${requirements} names`);
  // Last, so that an interrupted installation is begun anew.
  writeFileSync(stamp, wanted);
  return python;
}

function run(command: string, args: readonly string[], otherwise: string): void {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 2, 2] });
  if (error === undefined && status === 0) return;
  throw new Unavailable(`${otherwise}: ${error?.message ?? `exit code ${String(status)}`}`);
}
