import * as z from 'zod';
import type { Anchor } from '../../core/certificate/verification/check-anchors';
import { storedTarget } from '../../core/stored-target';
import { InputError } from '../cli-error';
import { readWholeDocuments } from '../input/read-documents';

const anchor = z.object({
  target: storedTarget,
  sequence: z.int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256 in hexadecimal digits'),
});

const file = z.object({ anchors: z.array(anchor) });

/** What the bus delivers, and an archive of it keeps; events of what leaves no certificate say nothing here. */
const event = z.object({
  detail: z.object({ target: anchor.shape.target, certificate: anchor.pick({ sequence: true, hash: true }) }),
});

/**
 * What was kept of chains: `anchors.json` of a report, or domain events of the bus, one a document.
 *
 * @throws InputError for a file that cannot be read, or holds neither
 */
export async function readAnchorFile(name: string): Promise<readonly Anchor[]> {
  const documents = await readWholeDocuments(name);
  const anchors = documents
    .flatMap(({ value }) => (Array.isArray(value) ? (value as readonly unknown[]) : [value]))
    .flatMap(anchorsOf);
  if (anchors.length > 0) return anchors;
  throw new InputError(
    `${name} holds no anchors; give anchors.json of \`portcullis report --format json\`, or domain events of the bus`,
  );
}

function anchorsOf(value: unknown): readonly Anchor[] {
  const kept = file.safeParse(value);
  if (kept.success) return kept.data.anchors;
  const parsed = event.safeParse(value);
  return parsed.success ? [{ target: parsed.data.detail.target, ...parsed.data.detail.certificate }] : [];
}
