import type { Document } from '../../core/certificate/verification/verify-certificates';
import { InputError } from '../cli-error';
import { readWholeDocuments, type ReadDocument } from '../input/read-documents';

/**
 * The certificates of a file, or of stdin for `-`: one, a list of them as `show --chain` writes it, or several files
 * one behind the other.
 *
 * @throws InputError
 */
export async function readCertificateFile(file: string): Promise<readonly Document[]> {
  return (await readWholeDocuments(file)).flatMap(certificatesOf);
}

function certificatesOf({ from: name, text, value }: ReadDocument): readonly Document[] {
  if (!Array.isArray(value)) return [{ name, value, file: { text, value } }];
  if (value.length === 0) throw new InputError(`${name} holds no certificate: its list is empty`);
  return value.map((each: unknown, index) => ({
    name: `${name}[${String(index)}]`,
    value: each,
    ...(index === 0 ? { file: { text, value } } : {}),
  }));
}
