import * as z from '../../zod-mini';
import {
  CERTIFICATE_FORMAT,
  CERTIFICATE_VERSION,
  STATE_PARTS,
  type CertificateParts,
  type StatePart,
} from '../certificate';
import { envelopeSchema, partsSchema } from '../certificate-schema';
import { readState, type ReadState } from '../evaluation/read-state';
import { failure, success, type Result } from '../../result';
import { whyNotHashable } from './why-not-hashable';

export type Envelope = z.infer<typeof envelopeSchema>;

/** A certificate as far as it could be read. */
export interface Evidence {
  readonly envelope: Envelope;
  /** Undefined when a part is not of the form that the version prescribes. */
  readonly parts: CertificateParts | undefined;
  /** Why not. */
  readonly problem: string;
  /** Undefined when there is none, or it makes no sense. */
  readonly before: ReadState | undefined;
  readonly beforeLatestPlan: ReadState | undefined;
  readonly after: ReadState | undefined;
  /** What of the states makes no sense. */
  readonly nonsense: readonly { readonly part: StatePart; readonly problem: string }[];
}

/** Reads what may be a certificate; an error says why it is none, or none that is understood here. */
export function readEvidence(value: unknown): Result<Evidence, string> {
  const unhashable = whyNotHashable(value);
  if (unhashable !== undefined) return failure(`is not a certificate: it ${unhashable}`);
  const head = z.looseObject({ format: z.literal(CERTIFICATE_FORMAT), version: z.number() }).safeParse(value);
  if (!head.success) return failure('is not a certificate of Portcullis');
  const { version } = head.data;
  if (version !== CERTIFICATE_VERSION) {
    return failure(
      `is a certificate of version ${String(version)}; this Portcullis knows version ${String(CERTIFICATE_VERSION)}`,
    );
  }
  const envelope = envelopeSchema.safeParse(value);
  if (!envelope.success) return failure(`is not a certificate: ${oneLine(envelope.error)}`);
  const parts = partsSchema.safeParse(envelope.data.parts);
  if (!parts.success) {
    const nothing = { before: undefined, beforeLatestPlan: undefined, after: undefined, nonsense: [] };
    return success({ envelope: envelope.data, parts: undefined, problem: oneLine(parts.error), ...nothing });
  }
  const read = STATE_PARTS.map((part) => stateIn(parts.data, part));
  const [before, beforeLatestPlan, after] = read.map(({ state }) => state);
  return success({
    envelope: envelope.data,
    parts: parts.data,
    problem: '',
    before,
    beforeLatestPlan,
    after,
    nonsense: read.flatMap(({ nonsense }) => nonsense),
  });
}

function stateIn(
  parts: CertificateParts,
  part: StatePart,
): Pick<Evidence, 'nonsense'> & { readonly state: ReadState | undefined } {
  const state = parts[part];
  // Interfaces and their groups are judged as they stand there.
  if (state === null || 'interfaces' in state) return { state: undefined, nonsense: [] };
  const lists = new Map(parts.prefixLists.flatMap((list) => (list.in.includes(part) ? [[list.id, list.cidrs]] : [])));
  const read = readState(state, lists);
  if ('problem' in read) return { state: undefined, nonsense: [{ part, problem: read.problem }] };
  return { state: read, nonsense: [] };
}

function oneLine(error: z.core.$ZodError): string {
  return z
    .prettifyError(error)
    .replace(/\s*\n\s*/g, ' ')
    .replace(/^✖ /, '');
}
