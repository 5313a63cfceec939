import * as z from 'zod';
import { CONTROL_IDS } from '../controls/control-id';
import { networkAclEntrySchema, networkAclSchema } from '../network/network-acl-schema';
import { securityGroupRuleSchema, securityGroupSchema } from '../network/security-group-schema';
import { NETWORK_ACL_CALLS, SECURITY_GROUP_CALLS } from '../planning/plan';
import { failure, success, type Result } from '../result';
import { isRemediationId } from './remediation-id';
import {
  REMEDIATION_ACTIONS,
  REMEDIATION_OUTCOMES,
  RUN_ENDS,
  TRIGGERS,
  type RemediationRecord,
} from './remediation-record';

const securityGroupStep = z.object({
  call: z.enum(SECURITY_GROUP_CALLS),
  rules: z.array(securityGroupRuleSchema),
});

const networkAclStep = z.object({
  call: z.enum(NETWORK_ACL_CALLS),
  rules: z.tuple([networkAclEntrySchema]),
});

const violation = { controls: z.array(z.enum(CONTROL_IDS)), reason: z.string() };
const sentences = { ask: z.array(z.string()), remarks: z.array(z.string()) };

const securityGroupPlan = z.object({
  violations: z.array(z.object({ ...violation, ruleId: z.string(), how: z.enum(['open', 'effectively-open']) })),
  steps: z.array(securityGroupStep),
  remaining: z.array(securityGroupRuleSchema),
  ...sentences,
});

const networkAclPlan = z.object({
  violations: z.array(z.object({ ...violation, ruleNumber: z.int(), how: z.literal('open') })),
  steps: z.array(networkAclStep),
  remaining: z.array(networkAclEntrySchema),
  ...sentences,
});

const resource = z.discriminatedUnion('kind', [securityGroupSchema, networkAclSchema]);
const findingKey = z.object({ id: z.string(), productArn: z.string() });
const remediationId = z.string().refine(isRemediationId, 'is not a remediation id');

const remediationRecord = z.object({
  remediationId,
  target: z.object({
    kind: z.enum(['security-group', 'network-acl']),
    partition: z.string(),
    account: z.string().regex(/^\d{12}$/),
    region: z.string(),
    id: z.string(),
  }),
  // Records of the first version have none: they are all closings.
  action: z.enum(REMEDIATION_ACTIONS).default('close'),
  undoes: remediationId.exactOptional(),
  undoneBy: remediationId.exactOptional(),
  trigger: z.enum(TRIGGERS),
  decidedBy: z.string(),
  findings: z.array(
    findingKey.extend({
      control: z.enum(CONTROL_IDS),
      parameters: z.array(z.object({ Name: z.string(), Value: z.array(z.string()) })).exactOptional(),
      alongside: z.boolean().exactOptional(),
      firstObservedAt: z.string().exactOptional(),
      previousNote: z.object({ text: z.string(), updatedBy: z.string(), updatedAt: z.string() }).exactOptional(),
    }),
  ),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().exactOptional(),
  outcome: z.enum(REMEDIATION_OUTCOMES),
  reason: z.string().exactOptional(),
  before: resource.exactOptional(),
  beforeLatestPlan: resource.exactOptional(),
  plan: z.union([securityGroupPlan, networkAclPlan]).exactOptional(),
  runs: z.array(
    z.object({
      executionId: z.string().exactOptional(),
      runId: z.string(),
      step: z.discriminatedUnion('call', [securityGroupStep, networkAclStep]),
      startedAt: z.iso.datetime(),
      replaced: networkAclEntrySchema.exactOptional(),
      end: z.enum(RUN_ENDS).exactOptional(),
    }),
  ),
  after: z.array(z.union([securityGroupRuleSchema, networkAclEntrySchema])).exactOptional(),
  notUpdated: z.array(findingKey.extend({ reason: z.string() })).exactOptional(),
});

/** A record as it was read back: what somebody changed by hand is told apart from what was written. */
export function parseRemediationRecord(value: unknown): Result<RemediationRecord, string> {
  const parsed = remediationRecord.safeParse(value);
  return parsed.success ? success(parsed.data) : failure(z.prettifyError(parsed.error));
}
