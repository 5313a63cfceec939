import * as z from 'zod';
import { TARGET_KINDS } from '../../target';
import { MATTER_EFFECTS } from '../matter';

/** The body of a webhook's request, version 1: what docs/webhook.schema.json is generated from. */
export const webhookBodySchema = z
  .strictObject({
    version: z
      .literal('1')
      .describe('Grows when a field goes or means something else. Fields may be added to a version.'),
    id: z.string().describe('Of the event: the same when it is posted again, as in the header Idempotency-Key.'),
    type: z.string().describe('The event: Ingress Closed, Decision Needed, …; Test for one of portcullis notify test.'),
    test: z.boolean().describe('Somebody tries the channel out: nothing has happened.'),
    matter: z
      .enum(MATTER_EFFECTS)
      .describe('Whether its target and controls are open by it (opens), over (ends), or as they were (stays).'),
    occurredAt: z.iso.datetime().describe('When it happened. Posts may come late: order them by this.'),
    summary: z.string().describe('What was done, or why not, in a sentence or more, for people.'),
    severity: z.string().exactOptional().describe('The gravest of its findings, as Security Hub labels it.'),
    target: z
      .strictObject({
        kind: z.enum(TARGET_KINDS),
        partition: z.string(),
        account: z.string(),
        region: z.string(),
        id: z.string(),
        arn: z.string(),
      })
      .exactOptional()
      .describe('What it is about. A test is about nothing.'),
    controls: z.array(z.string()).describe('Controls of Security Hub, such as EC2.13.'),
    known: z
      .string()
      .exactOptional()
      .describe('What was known about the target, in sentences, what matters most first.'),
    context: z
      .record(z.string(), z.looseObject({ known: z.boolean() }))
      .exactOptional()
      .describe('The same, fact by fact: value and evidence, or the reason why it is not known. docs/context.md'),
    wouldChange: z
      .string()
      .exactOptional()
      .describe('What closing would change, and what would stay open to the internet afterwards, in sentences.'),
    ownerMustChange: z
      .array(z.string())
      .exactOptional()
      .describe("Lines: what the owner of the target's source must change so that it is not opened again."),
    remediation: z
      .strictObject({
        id: z.string().describe('What portcullis show and portcullis undo take.'),
        action: z.string(),
        outcome: z.string(),
        trigger: z.string(),
        decidedBy: z.string(),
        undoes: z.string().exactOptional().describe('The closing that an undo took back.'),
        decision: z.strictObject({ mode: z.string(), entry: z.string(), reason: z.string() }).exactOptional(),
        startedAt: z.string(),
        finishedAt: z.string(),
      })
      .exactOptional(),
    question: z
      .strictObject({
        id: z.string(),
        until: z.string().describe('When it ends by itself.'),
        onSilence: z.string().describe('What becomes of it then: close or leave.'),
        approvers: z
          .array(z.string())
          .readonly()
          .exactOptional()
          .describe('Who may answer, where the policy names somebody.'),
        isReminder: z.boolean().describe('It was said before, and nobody has answered.'),
        escalatedTo: z
          .array(z.string())
          .readonly()
          .exactOptional()
          .describe('Who is asked as well from now on, because nobody has answered.'),
      })
      .exactOptional()
      .describe('What a person must decide.'),
    grant: z
      .strictObject({
        id: z.string().describe('What portcullis grants end takes.'),
        reason: z.string(),
        by: z.string().describe('Who asked for it: an ARN.'),
        until: z.string().describe('When it is taken away.'),
      })
      .exactOptional()
      .describe('What was opened for a while, or is over.'),
    reopening: z
      .strictObject({
        by: z.string().describe('Who opened it again: an ARN, or the name of a service.'),
        sourceIp: z.string(),
        userAgent: z.string(),
        call: z.string(),
        times: z.int(),
        eventId: z.string().describe("CloudTrail's id of the call."),
        asked: z.string().exactOptional().describe('Why a person must decide from now on.'),
      })
      .exactOptional(),
    findings: z.strictObject({
      ids: z.array(z.string()).describe('At most 20.'),
      count: z.int(),
      notUpdated: z.int().describe('Those that Security Hub did not let us update.'),
    }),
    undo: z.string().exactOptional().describe('The command that takes it back.'),
  })
  .describe('What Portcullis posts to a webhook.');

export type WebhookBody = z.output<typeof webhookBodySchema>;
