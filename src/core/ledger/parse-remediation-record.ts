import { z } from 'zod';
import { CONTROL_IDS } from '../controls/control-id';
import { securityGroupRuleSchema, securityGroupSchema } from '../network/security-group-schema';
import { failure, success, type Result } from '../result';
import { REMEDIATION_OUTCOMES, RUN_ENDS, TRIGGERS, type RemediationRecord } from './remediation-record';

const step = z.object({
  call: z.enum(['AuthorizeSecurityGroupIngress', 'RevokeSecurityGroupIngress']),
  rules: z.array(securityGroupRuleSchema),
});

const plan = z.object({
  violations: z.array(
    z.object({
      ruleId: z.string(),
      controls: z.array(z.enum(CONTROL_IDS)),
      how: z.enum(['open', 'effectively-open']),
      reason: z.string(),
    }),
  ),
  steps: z.array(step),
  remaining: z.array(securityGroupRuleSchema),
  ask: z.array(z.string()),
  remarks: z.array(z.string()),
});

const findingKey = z.object({ id: z.string(), productArn: z.string() });

const remediationRecord = z.object({
  remediationId: z.string().regex(/^rem-[0-9a-f]{16}$/),
  target: z.object({
    kind: z.enum(['security-group', 'network-acl']),
    partition: z.string(),
    account: z.string().regex(/^\d{12}$/),
    region: z.string(),
    id: z.string(),
  }),
  trigger: z.enum(TRIGGERS),
  decidedBy: z.string(),
  findings: z.array(
    findingKey.extend({
      control: z.enum(CONTROL_IDS),
      firstObservedAt: z.string().exactOptional(),
      previousNote: z.object({ text: z.string(), updatedBy: z.string(), updatedAt: z.string() }).exactOptional(),
    }),
  ),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().exactOptional(),
  outcome: z.enum(REMEDIATION_OUTCOMES),
  reason: z.string().exactOptional(),
  before: securityGroupSchema.exactOptional(),
  plan: plan.exactOptional(),
  runs: z.array(
    z.object({
      executionId: z.string().exactOptional(),
      runId: z.string(),
      step,
      startedAt: z.iso.datetime(),
      end: z.enum(RUN_ENDS).exactOptional(),
    }),
  ),
  after: z.array(securityGroupRuleSchema).exactOptional(),
  notUpdated: z.array(findingKey.extend({ reason: z.string() })).exactOptional(),
});

/** A record as it was read back: what somebody changed by hand is told apart from what was written. */
export function parseRemediationRecord(value: unknown): Result<RemediationRecord, string> {
  const parsed = remediationRecord.safeParse(value);
  return parsed.success ? success(parsed.data) : failure(z.prettifyError(parsed.error));
}
