import type { CertificateAnchor } from '../certificate/certificate';
import { targetKey, type Target } from '../target';
import type { Report } from './report';

/** What an anchors file says that it is; `portcullis verify --anchors` looks for it. */
const ANCHORS_FORMAT = 'portcullis-anchors';

interface Anchor extends CertificateAnchor {
  readonly target: Target;
  readonly remediationId: string;
}

/**
 * The latest certificate of each target, to be kept where the hub's administrators cannot write: a chain whose end
 * somebody replaces later holds by itself, and does not fit to this file.
 *
 * @returns the chunks of a JSON file; undefined where no record says where its certificate stands
 */
export function renderAnchors({ generatedAt, remediations }: Report): Iterable<string> | undefined {
  const latest = new Map<string, Anchor>();
  for (const { target, remediationId, certificate } of remediations) {
    const known = latest.get(targetKey(target));
    if (certificate === undefined || (known && known.sequence > certificate.sequence)) continue;
    const { sequence, hash } = certificate;
    latest.set(targetKey(target), { target, remediationId, sequence, hash });
  }
  if (latest.size === 0) return undefined;
  return [
    `${JSON.stringify({ format: ANCHORS_FORMAT, version: 1, generatedAt, anchors: [...latest.values()] }, undefined, 2)}\n`,
  ];
}
