/** One line that is written over; nothing where nobody watches. */
export function createCountProgress(stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>): {
  readonly show: (text: string) => void;
  readonly clear: () => void;
} {
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined };
  return {
    show: (text) => void stream.write(`\r\u001b[2K${text}`),
    clear: () => void stream.write('\r\u001b[2K'),
  };
}
