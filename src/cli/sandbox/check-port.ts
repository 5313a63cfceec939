import { createServer } from 'node:net';
import { InputError } from '../cli-error';

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken: something listens there already',
  EACCES: 'may not be used by you',
};

/**
 * Before the seconds that synthesis takes.
 * @throws InputError when nothing can listen on that port of 127.0.0.1
 */
export async function checkPort(port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) => {
      reject(toPortError(error, port));
    });
    probe.listen(port, '127.0.0.1', resolve);
  });
  await new Promise((resolve) => probe.close(resolve));
}

/** An error of listening in words for people; another error as it is. */
export function toPortError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.syscall !== 'listen') return error;
  const reason = REASONS[error.code ?? ''] ?? `cannot be used (${error.message})`;
  return new InputError(`--port: ${String(port)} ${reason}; name another one, or 0 for any free one`);
}
