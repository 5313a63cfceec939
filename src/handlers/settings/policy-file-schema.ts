import { OTHER_WAY_IN_ANSWERS, REACHABLE_ANSWERS, TOOLS, USED_ANSWERS } from '../../core/context/context';
import { CONTROL_IDS } from '../../core/controls/control-id';
import { ATTACHED_VALUES, MANAGER_VALUES, POLICY_MODES, SEVERITIES, type Policy } from '../../core/policy/policy-entry';
import { SILENCES } from '../../core/questions/ask-terms';
import * as z from '../../core/zod-mini';
import { flowLogLimitsSchema } from './flow-log-settings';
import { grantLimitsSchema } from './grant-settings';
import { text } from './parse-settings';
import { portRanges } from './setting-schemas';

function some<const Value extends string>(values: readonly Value[]) {
  return z.exactOptional(z.array(z.enum(values)));
}

/** The policy as the stack writes it beside the orchestrator's code; made where it is read, as all schemas here are. */
export function policyFileSchema(): z.ZodMiniType<Policy> {
  const strategy = z.enum(['close', 'revoke', 'restrict']);
  const texts = z.exactOptional(z.array(z.string()));
  const controls = some(CONTROL_IDS);
  const tags = z.exactOptional(z.array(z.object({ key: z.string(), value: z.exactOptional(z.string()) })));

  return z.strictObject({
    strategy,
    publicPorts: z.object({ tcp: portRanges, udp: portRanges }),
    ruleQuota: z.int().check(z.positive()),
    expandPrefixLists: z.exactOptional(z.boolean()),
    trustedSources: z.exactOptional(z.object({ cidrs: z.array(z.string()) })),
    overrides: z.exactOptional(
      z.array(
        z.object({
          controls,
          accounts: texts,
          tags,
          strategy,
        }),
      ),
    ),
    keepProtocols: z.exactOptional(z.array(z.string())),
    networkAclEntryQuota: z.exactOptional(z.int().check(z.positive())),
    undoMaxAgeDays: z.exactOptional(z.int().check(z.positive())),
    // Strict: a condition that this version does not know would be one that everything meets.
    decisions: z.exactOptional(
      z.array(
        z.strictObject({
          name: z.exactOptional(z.string()),
          when: z.exactOptional(
            z.strictObject({
              controls,
              accounts: texts,
              regions: texts,
              severities: some(SEVERITIES),
              tags,
              organizationalUnits: texts,
              environments: texts,
              owners: texts,
              attachedTo: some(ATTACHED_VALUES),
              reachable: some(REACHABLE_ANSWERS),
              used: some(USED_ANSWERS),
              otherWayIn: some(OTHER_WAY_IN_ANSWERS),
              openedBy: some(TOOLS),
              managedBy: some(MANAGER_VALUES),
              any: z.exactOptional(z.literal(true)),
            }),
          ),
          do: z.enum(POLICY_MODES),
          ask: z.exactOptional(
            z.strictObject({
              approvers: texts,
              within: z.exactOptional(z.string()),
              remindAfter: z.exactOptional(z.string()),
              escalate: z.exactOptional(
                z.strictObject({ to: z.array(z.string()), after: z.exactOptional(z.string()) }),
              ),
              onSilence: z.exactOptional(z.enum(SILENCES)),
            }),
          ),
        }),
      ),
    ),
    readingSeconds: z.exactOptional(z.int().check(z.positive())),
    flowLogs: z.exactOptional(flowLogLimitsSchema()),
    guards: z.exactOptional(
      z.strictObject({
        protectionTag: z.exactOptional(z.string()),
        lastWayIn: z.exactOptional(z.boolean()),
        firewallManager: z.exactOptional(z.boolean()),
      }),
    ),
    exceptionDays: z.exactOptional(z.int().check(z.positive())),
    baseline: z.exactOptional(z.strictObject({ tcp: portRanges, udp: portRanges })),
    brake: z.exactOptional(z.object({ closings: z.int().check(z.positive()), minutes: z.int().check(z.positive()) })),
    // Strict: a condition that this version does not know would be one that everything meets.
    exceptions: z.exactOptional(
      z.array(
        z.strictObject({
          account: z.exactOptional(z.string()),
          target: z.exactOptional(z.string()),
          tags,
          controls: z.array(z.enum(CONTROL_IDS)),
          ports: portRanges,
          sources: z.array(z.string()),
          reason: z.string(),
          until: z.string(),
        }),
      ),
    ),
    grants: z.exactOptional(grantLimitsSchema()),
    isolation: z.exactOptional(z.strictObject({ guardTag: text, groupName: text })),
  });
}
