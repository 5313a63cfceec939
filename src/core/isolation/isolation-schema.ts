import { securityGroupRuleSchema } from '../network/security-group-schema';
import * as z from '../zod-mini';
import { ISOLATION_RUN_ENDS, type RecordedIsolation } from './isolation';

const ids = z.array(z.string());
const interfaces = z.array(z.object({ interfaceId: z.string(), vpcId: z.string(), groups: ids }));

const step = z.discriminatedUnion('call', [
  z.object({ call: z.literal('CreateSecurityGroup'), vpcId: z.string(), name: z.string() }),
  z.object({
    call: z.enum(['RevokeSecurityGroupIngress', 'RevokeSecurityGroupEgress']),
    groupId: z.string(),
    rules: z.array(securityGroupRuleSchema),
  }),
  z.object({
    call: z.literal('ModifyNetworkInterfaceAttribute'),
    interfaceId: z.string(),
    expected: ids,
    groups: ids,
  }),
]);

/** What a record keeps of an isolation, as it is read back. */
export const recordedIsolationSchema = z.object({
  before: interfaces,
  isolating: z.array(z.object({ id: z.string(), vpcId: z.string(), rules: z.array(securityGroupRuleSchema) })),
  runs: z.array(
    z.object({
      executionId: z.exactOptional(z.string()),
      runId: z.string(),
      step,
      startedAt: z.iso.datetime(),
      end: z.exactOptional(z.enum(ISOLATION_RUN_ENDS)),
    }),
  ),
  after: z.exactOptional(interfaces),
}) satisfies z.ZodMiniType<RecordedIsolation>;
