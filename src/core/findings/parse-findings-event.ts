import type { InputProblem } from '../input-problem';
import { failure, success, type Result } from '../result';
import * as z from '../zod-mini';
import { asffKeySchema } from './asff-schema';
import type { FindingKey } from './finding';
import { isOfControl, parseOcsfKey } from './ocsf/parse-ocsf-key';
import { toInputProblem } from '../schema-words';

/** An event of Security Hub. It says which findings it is about, and nothing else of it is believed. */
export type FindingsEvent = CustomActionEvent | ImportedEvent;

/** EventBridge may deliver an event twice, as two messages, and a message may come twice: the event's id stays. */
const EVENT_ID = /^[\w-]{1,64}$/;

export interface CustomActionEvent {
  readonly trigger: 'custom-action';
  readonly eventId?: string;
  readonly actionArn: string;
  readonly actionName: string;
  /** When somebody chose the action, ISO 8601; missing when the event does not say it in a way that can be read. */
  readonly askedAt?: string;
  readonly findings: readonly FindingKey[];
}

export interface ImportedEvent {
  readonly trigger: 'imported';
  readonly eventId?: string;
  readonly findings: readonly FindingKey[];
}

const envelopeSchema = z.looseObject({
  source: z.literal('aws.securityhub', { error: 'is not aws.securityhub; route events of Security Hub only' }),
  'detail-type': z.string(),
  id: z.catch(z.optional(z.string().check(z.regex(EVENT_ID))), undefined),
});

/**
 * Security Hub puts one into an event, and 20 can be selected; each 20 cost a call, and there are three calls a second.
 */
const FINDINGS_PER_EVENT = 100;

const findingsSchema = z
  .array(asffKeySchema)
  .check(
    z.minLength(1, 'holds no finding'),
    z.maxLength(FINDINGS_PER_EVENT, `holds more than ${String(FINDINGS_PER_EVENT)} findings`),
  );

const importedSchema = z.looseObject({ detail: z.looseObject({ findings: findingsSchema }) });

const importedV2Schema = z.looseObject({
  detail: z.looseObject({
    findings: z
      .array(z.unknown())
      .check(
        z.minLength(1, 'holds no finding'),
        z.maxLength(FINDINGS_PER_EVENT, `holds more than ${String(FINDINGS_PER_EVENT)} findings`),
      ),
  }),
});

const customActionSchema = z.looseObject({
  time: z.catch(z.optional(z.iso.datetime()), undefined),
  resources: z.tuple([z.string().check(z.minLength(1))], z.string()),
  detail: z.looseObject({ actionName: z.string(), findings: findingsSchema }),
});

/** Reads an EventBridge event. The error says which field is wrong, or why events of this type are of no use here. */
export function parseFindingsEvent(input: unknown): Result<FindingsEvent, InputProblem> {
  const envelope = envelopeSchema.safeParse(input);
  if (!envelope.success) return failure(toInputProblem(envelope.error, input));
  const { 'detail-type': detailType, id } = envelope.data;
  const named = id === undefined ? {} : { eventId: id };
  switch (detailType) {
    case 'Security Hub Findings - Custom Action':
      return parseCustomAction(input, named);
    case 'Security Hub Findings - Imported':
      return parseImported(input, named);
    case 'Findings Imported V2':
      return parseImportedV2(input, named);
    case 'Security Hub Insight Results':
      return notUnderstood(
        detailType,
        'holds counts of resources and no findings; select findings, not insight results',
      );
    default:
      return notUnderstood(detailType, 'is no event about findings; route Security Hub Findings events only');
  }
}

type Named = Pick<ImportedEvent, 'eventId'>;

function parseCustomAction(input: unknown, named: Named): Result<FindingsEvent, InputProblem> {
  const parsed = customActionSchema.safeParse(input);
  if (!parsed.success) return failure(toInputProblem(parsed.error, input));
  const { resources, detail, time } = parsed.data;
  return success({
    trigger: 'custom-action',
    ...named,
    actionArn: resources[0],
    actionName: detail.actionName,
    ...(time === undefined ? {} : { askedAt: time }),
    findings: detail.findings.map(toKey),
  });
}

function parseImported(input: unknown, named: Named): Result<FindingsEvent, InputProblem> {
  const parsed = importedSchema.safeParse(input);
  if (!parsed.success) return failure(toInputProblem(parsed.error, input));
  return success({ trigger: 'imported', ...named, findings: parsed.data.detail.findings.map(toKey) });
}

/**
 * Of Security Hub V2, in OCSF. Its coverage is reported in findings of the same class and of no control: they are left
 * out. https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-cwe-event-formats.html
 */
function parseImportedV2(input: unknown, named: Named): Result<FindingsEvent, InputProblem> {
  const parsed = importedV2Schema.safeParse(input);
  if (!parsed.success) return failure(toInputProblem(parsed.error, input));
  const findings: FindingKey[] = [];
  for (const [index, each] of parsed.data.detail.findings.entries()) {
    if (!isOfControl(each)) continue;
    const key = parseOcsfKey(each);
    if (!key.ok) return failure({ ...key.error, field: `detail.findings[${String(index)}].${key.error.field}` });
    findings.push(key.value);
  }
  if (findings.length === 0) {
    const message = 'holds no finding of a control; route those with compliance.control only';
    return failure({ field: 'detail.findings', value: undefined, message });
  }
  return success({ trigger: 'imported', ...named, findings });
}

function notUnderstood(detailType: string, message: string): Result<never, InputProblem> {
  return failure({ field: 'detail-type', value: detailType, message });
}

function toKey({ Id, ProductArn }: z.infer<typeof asffKeySchema>): FindingKey {
  return { id: Id, productArn: ProductArn };
}
