import { hash } from 'node:crypto';

/** Ours, made once. */
const NAMESPACE = Buffer.from('5d0f3c3e7b6a4e0c9a532f6b1c84d7e1', 'hex');

/** The namespace, and the name behind it: names of findings are short, and there are hundreds of thousands. */
const input = Buffer.alloc(4096);
NAMESPACE.copy(input);

/** Its beginnings, by their length: to make one takes half as long as to hash it. */
const beginnings: Buffer[] = [];

/** Bytes that a character of UTF-16 takes at most in UTF-8. */
const BYTES_A_CHARACTER = 3;
const LONGEST_NAME = (input.length - NAMESPACE.length) / BYTES_A_CHARACTER;

/** The same UUID (version 5) for the same text. https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5 */
export function uuidOf(name: string): string {
  const digits = hash('sha1', withNamespace(name));
  const variant = '89ab'.charAt(parseInt(digits.charAt(16), 16) & 0x3);
  return (
    `${digits.slice(0, 8)}-${digits.slice(8, 12)}-5${digits.slice(13, 16)}-` +
    `${variant}${digits.slice(17, 20)}-${digits.slice(20, 32)}`
  );
}

/** Until the next one. */
function withNamespace(name: string): Buffer {
  if (name.length > LONGEST_NAME) return Buffer.concat([NAMESPACE, Buffer.from(name)]);
  const length = NAMESPACE.length + input.write(name, NAMESPACE.length);
  return (beginnings[length] ??= input.subarray(0, length));
}
