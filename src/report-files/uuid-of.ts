import { hash } from 'node:crypto';

/** Ours, made once. */
const NAMESPACE = Buffer.from('5d0f3c3e7b6a4e0c9a532f6b1c84d7e1', 'hex');

/** The namespace, and the name behind it: names of findings are short, and there are hundreds of thousands. */
const input = Buffer.alloc(4096);
NAMESPACE.copy(input);

/** The same UUID (version 5) for the same text. https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5 */
export function uuidOf(name: string): string {
  const length = NAMESPACE.length + Buffer.byteLength(name);
  const named = length <= input.length ? input.subarray(0, length) : Buffer.concat([NAMESPACE, Buffer.from(name)]);
  if (length <= input.length) input.write(name, NAMESPACE.length);
  const digits = hash('sha1', named);
  const variant = ((parseInt(digits.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return (
    `${digits.slice(0, 8)}-${digits.slice(8, 12)}-5${digits.slice(13, 16)}-` +
    `${variant}${digits.slice(17, 20)}-${digits.slice(20, 32)}`
  );
}
