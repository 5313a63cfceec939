import { storedTarget } from '../stored-target';
import { CONTROL_IDS } from '../controls/control-id';
import { contextSchema } from '../context/context-schema';
import { recordedExceptionSchema } from '../exceptions/parse-exception';
import { recordedGrantSchema } from '../grants/parse-grant';
import { recordedIsolationSchema } from '../isolation/isolation-schema';
import { networkAclEntrySchema, networkAclSchema } from '../network/network-acl-schema';
import { securityGroupRuleSchema, securityGroupSchema } from '../network/security-group-schema';
import { callsOn } from '../planning/calls';
import { POLICY_MODES } from '../policy/policy-entry';
import { askedQuestionSchema, givenAnswerSchema } from '../questions/parse-question';
import { failure, success, type Result } from '../result';
import { renderSchemaError } from '../schema-words';
import * as z from '../zod-mini';
import { isRemediationId } from './remediation-id';
import {
  REMEDIATION_ACTIONS,
  REMEDIATION_OUTCOMES,
  RUN_ENDS,
  TRIGGERS,
  type RemediationRecord,
} from './remediation-record';

const securityGroupStep = z.object({
  call: z.enum(callsOn('security-group')),
  rules: z.array(securityGroupRuleSchema),
});

const networkAclStep = z.object({
  call: z.enum(callsOn('network-acl')),
  rules: z.tuple([networkAclEntrySchema]),
});

// Facts are whatever the version that wrote them put there.
const reasons = z.exactOptional(z.array(z.looseObject({ code: z.string() })));
const violation = { controls: z.array(z.enum(CONTROL_IDS)), reason: z.string(), reasons };
const sentences = {
  ask: z.array(z.string()),
  askReasons: reasons,
  remarks: z.array(z.string()),
  remarkReasons: reasons,
};
const givenUp = z.exactOptional(z.array(networkAclEntrySchema));

const securityGroupPlan = z.object({
  violations: z.array(z.object({ ...violation, ruleId: z.string(), how: z.enum(['open', 'effectively-open']) })),
  steps: z.array(securityGroupStep),
  remaining: z.array(securityGroupRuleSchema),
  givenUp,
  ...sentences,
});

const networkAclPlan = z.object({
  violations: z.array(z.object({ ...violation, ruleNumber: z.int(), how: z.literal('open') })),
  steps: z.array(networkAclStep),
  remaining: z.array(networkAclEntrySchema),
  givenUp,
  ...sentences,
});

const resource = z.discriminatedUnion('kind', [securityGroupSchema, networkAclSchema]);
const findingKey = z.object({ id: z.string(), productArn: z.string() });
const remediationId = z.string().check(z.refine(isRemediationId, 'is not a remediation id'));

const remediationRecord = z.object({
  remediationId,
  target: storedTarget,
  // Records of the first version have none: they are all closings.
  action: z._default(z.enum(REMEDIATION_ACTIONS), 'close'),
  undoes: z.exactOptional(remediationId),
  undoneBy: z.exactOptional(remediationId),
  trigger: z.enum(TRIGGERS),
  decidedBy: z.string(),
  decision: z.exactOptional(z.object({ mode: z.enum(POLICY_MODES), entry: z.string(), reason: z.string(), reasons })),
  answer: z.exactOptional(givenAnswerSchema()),
  question: z.exactOptional(askedQuestionSchema()),
  findings: z.array(
    z.extend(findingKey, {
      control: z.exactOptional(z.enum(CONTROL_IDS)),
      parameters: z.exactOptional(z.array(z.object({ Name: z.string(), Value: z.array(z.string()) }))),
      severity: z.exactOptional(z.string()),
      alongside: z.exactOptional(z.boolean()),
      firstObservedAt: z.exactOptional(z.string()),
      previousNote: z.exactOptional(z.object({ text: z.string(), updatedBy: z.string(), updatedAt: z.string() })),
    }),
  ),
  chosenAt: z.exactOptional(z.iso.datetime()),
  startedAt: z.iso.datetime(),
  finishedAt: z.exactOptional(z.iso.datetime()),
  outcome: z.enum(REMEDIATION_OUTCOMES),
  reason: z.exactOptional(z.string()),
  reasons,
  before: z.exactOptional(resource),
  beforeLatestPlan: z.exactOptional(resource),
  plan: z.exactOptional(z.union([securityGroupPlan, networkAclPlan])),
  context: z.exactOptional(contextSchema),
  exceptions: z.exactOptional(z.array(recordedExceptionSchema)),
  grant: z.exactOptional(recordedGrantSchema),
  isolation: z.exactOptional(recordedIsolationSchema),
  runs: z.array(
    z.object({
      executionId: z.exactOptional(z.string()),
      runId: z.string(),
      step: z.discriminatedUnion('call', [securityGroupStep, networkAclStep]),
      startedAt: z.iso.datetime(),
      replaced: z.exactOptional(networkAclEntrySchema),
      end: z.exactOptional(z.enum(RUN_ENDS)),
      reported: z.exactOptional(
        z.array(
          z.object({ call: z.string(), rules: z.array(z.union([securityGroupRuleSchema, networkAclEntrySchema])) }),
        ),
      ),
    }),
  ),
  after: z.exactOptional(z.array(z.union([securityGroupRuleSchema, networkAclEntrySchema]))),
  certificate: z.exactOptional(z.object({ sequence: z.int(), hash: z.string() })),
  notUpdated: z.exactOptional(z.array(z.extend(findingKey, { reason: z.string() }))),
});

/** A record as it was read back: what somebody changed by hand is distinguished from what was written. */
export function parseRemediationRecord(value: unknown): Result<RemediationRecord, string> {
  const parsed = remediationRecord.safeParse(value);
  return parsed.success ? success(parsed.data) : failure(renderSchemaError(parsed.error, value));
}
