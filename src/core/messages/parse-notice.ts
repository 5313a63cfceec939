import { renderInputProblem, type InputProblem } from '../input-problem';
import { failure, success, type Result } from '../result';
import { toInputProblem } from '../schema-words';
import { TARGET_KINDS } from '../target';
import * as z from '../zod-mini';
import { digestSchema } from './digest-schema';
import { effectOf, MATTER_EFFECTS } from './matter';
import type { Notice, NoticedRemediation, NoticedReopening } from './notice';
import { readableText } from './readable-text';

const text = z.string();

const envelopeSchema = () =>
  z.looseObject({
    id: z.string().check(z.regex(/^[\w-]{1,64}$/, 'is not the id of an event')),
    source: z.literal('portcullis', { error: 'is not portcullis; only its own events are sent on' }),
    'detail-type': z.string().check(z.minLength(1), z.maxLength(128)),
    time: z.iso.datetime(),
    detail: z.looseObject({}),
  });

const optional = <Schema extends z.core.$ZodType>(schema: Schema) => z.catch(z.optional(schema), undefined);

/** Every field may be missing: events of other versions are reported with what they have. */
const detailSchema = () =>
  z.looseObject({
    target: optional(
      z.object({ kind: z.enum(TARGET_KINDS), partition: text, account: text, region: text, id: text, arn: text }),
    ),
    controls: z.catch(z.array(text), []),
    severity: optional(text),
    matter: optional(z.enum(MATTER_EFFECTS)),
    reason: optional(text),
    asked: optional(text),
    known: optional(text),
    wouldChange: optional(text),
    context: optional(z.record(z.string(), z.looseObject({ known: z.boolean() }))),
    ownerMustChange: z.catch(z.array(text), []),
    question: optional(
      z.object({ questionId: text, until: text, onSilence: text, approvers: z.exactOptional(z.array(text)) }),
    ),
    grant: optional(z.object({ grantId: text, reason: text, by: text, until: text })),
    exceptions: optional(z.array(z.looseObject({ exceptionId: text }))),
    digest: optional(digestSchema()),
    reminder: optional(z.boolean()),
    escalatedTo: optional(z.array(text)),
    findingIds: z.catch(z.array(text), []),
    findingCount: z.catch(z.number(), 0),
    findingsNotUpdated: z.catch(z.number(), 0),
    finishedAt: optional(z.iso.datetime()),
    at: optional(z.iso.datetime()),
  });

const remediationSchema = () =>
  z.looseObject({
    remediationId: text,
    action: text,
    outcome: text,
    trigger: text,
    decidedBy: text,
    undoes: z.exactOptional(text),
    decision: z.exactOptional(z.object({ mode: text, entry: text, reason: text })),
    startedAt: text,
    finishedAt: text,
  });

const reopeningSchema = () =>
  z.looseObject({
    reopenedBy: text,
    sourceIp: text,
    userAgent: text,
    call: text,
    times: z.number(),
    eventId: text,
    asked: z.exactOptional(text),
  });

/**
 * Reads a message of a channel's queue: an event of the bus as EventBridge delivers it. The error names field, value
 * and what is wrong. https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 */
export function parseNotice(body: string): Result<Notice, string> {
  let input: unknown;
  try {
    input = JSON.parse(body, (_key, value: unknown) => (typeof value === 'string' ? readableText(value) : value));
  } catch {
    return failure('The message is not JSON.');
  }
  const envelope = envelopeSchema().safeParse(input);
  if (!envelope.success) return failure(describe(toInputProblem(envelope.error, input)));
  const { id, 'detail-type': kind, time, detail } = envelope.data;
  const known = detailSchema().safeParse(detail);
  if (!known.success) return failure(describe(toInputProblem(known.error, detail)));
  const {
    matter = effectOf(kind),
    target,
    controls,
    severity,
    reason,
    question,
    reminder,
    findingIds,
    finishedAt,
    at,
  } = known.data;
  const { known: whatIsKnown, wouldChange, context, ownerMustChange, grant, digest, exceptions } = known.data;
  const remediation = toRemediation(detail);
  const reopening = toReopening(detail);
  return success({
    id,
    kind,
    matter,
    sentAt: new Date(time).toISOString(),
    occurredAt: new Date(finishedAt ?? at ?? time).toISOString(),
    target,
    controls,
    severity,
    summary: reason ?? (reopening === undefined ? '' : describeReopening(reopening)),
    ...(whatIsKnown === undefined ? {} : { known: whatIsKnown }),
    ...(wouldChange === undefined ? {} : { wouldChange }),
    ...(context === undefined ? {} : { context }),
    ...(ownerMustChange.length === 0 ? {} : { ownerMustChange }),
    ...(exceptions === undefined ? {} : { exceptions: exceptions.map(({ exceptionId }) => exceptionId) }),
    ...(grant === undefined
      ? {}
      : { grant: { id: grant.grantId, reason: grant.reason, by: grant.by, until: grant.until } }),
    ...(digest === undefined ? {} : { digest }),
    remediation,
    question: question && {
      id: question.questionId,
      until: question.until,
      onSilence: question.onSilence,
      ...(question.approvers === undefined ? {} : { approvers: question.approvers }),
      isReminder: reminder === true,
      ...(known.data.escalatedTo === undefined ? {} : { escalatedTo: known.data.escalatedTo }),
    },
    reopening,
    findings: {
      ids: findingIds,
      count: known.data.findingCount,
      notUpdated: known.data.findingsNotUpdated,
    },
  });
}

function describe(problem: InputProblem): string {
  return `The message is no event of Portcullis: ${renderInputProblem(problem)}`;
}

function toRemediation(detail: object): NoticedRemediation | undefined {
  const parsed = remediationSchema().safeParse(detail);
  if (!parsed.success) return undefined;
  const {
    remediationId: id,
    action,
    outcome,
    trigger,
    decidedBy,
    undoes,
    decision,
    startedAt,
    finishedAt,
  } = parsed.data;
  return {
    id,
    action,
    outcome,
    trigger,
    decidedBy,
    ...(undoes === undefined ? {} : { undoes }),
    ...(decision === undefined ? {} : { decision }),
    startedAt,
    finishedAt,
  };
}

function toReopening(detail: object): NoticedReopening | undefined {
  const parsed = reopeningSchema().safeParse(detail);
  if (!parsed.success) return undefined;
  const { reopenedBy: by, sourceIp, userAgent, call, times, eventId, asked } = parsed.data;
  return { by, sourceIp, userAgent, call, times, eventId, ...(asked === undefined ? {} : { asked }) };
}

function describeReopening({ by, sourceIp, call, times, asked }: NoticedReopening): string {
  const often = times === 1 ? '' : ` (${String(times)} times)`;
  const then = asked === undefined ? '' : ` A person must decide: ${asked}`;
  const who = by === 'unknown' ? 'who did it is not known' : `${call} by ${by} from ${sourceIp}`;
  return `Opened again after it was closed${often}: ${who}.${then}`;
}
