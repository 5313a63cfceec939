import type { Document } from '../../core/certificate/verification/verify-certificates';
import { InputError } from '../cli-error';
import { nameOf, parseJson, readTextFile } from '../json-file';

/** A certificate, or a list of them as `show --chain` writes it. @throws InputError */
export function readCertificateFile(file: string): readonly Document[] {
  const name = nameOf(file);
  const text = readTextFile(file);
  const value = parseJson(text, name);
  if (!Array.isArray(value)) return [{ name, value, file: { text, value } }];
  if (value.length === 0) throw new InputError(`${name} holds no certificate: its list is empty`);
  return value.map((each: unknown, index) => ({
    name: `${name}[${String(index)}]`,
    value: each,
    ...(index === 0 ? { file: { text, value } } : {}),
  }));
}
