const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or directory; check the path',
  ENOTDIR: 'part of its path is no directory; check the path',
  EISDIR: 'it is a directory; name a file',
  EACCES: 'you may not; check its permissions',
  EROFS: 'the file system is read-only; name another place',
};

/**
 * Why a file could not be read or written, in words for people and with the fix; what is rare in the system's own
 * words.
 */
export function accessReasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return REASONS[code] ?? error.message.replace(/\s+/g, ' ');
}
