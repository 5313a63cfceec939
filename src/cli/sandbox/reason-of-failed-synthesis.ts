import { tmpdir } from 'node:os';

/** Longer lines are somebody's minified source, which Node quotes above an error. */
const LONGEST_LINE = 300;

/** One sentence of what the app, its bundler and Node wrote; PORTCULLIS_DEBUG=1 shows all of it. */
export function reasonOfFailedSynthesis(errors: string): string {
  if (process.env['PORTCULLIS_DEBUG']) return errors.trim();
  if (/no space left on device|ENOSPC/i.test(errors)) {
    return `no space is left in the temporary directory ${tmpdir()}; make room there, or let TMPDIR name another place`;
  }
  const lines = errors.split('\n').map((line) => line.trim());
  const said = lines.filter((line) => line.length <= LONGEST_LINE);
  const reason = said.find((line) => /(Error|\[ERROR\]|«\w+»)/.test(line)) ?? said.find((line) => line !== '');
  return `${reason ?? 'it ended without a reason'}; PORTCULLIS_DEBUG=1 shows all that it wrote`;
}
