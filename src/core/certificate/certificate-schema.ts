import * as z from '../zod-mini';
import { CERTIFICATE_FORMAT, CERTIFICATE_VERSION, STATE_PARTS, type CertificateParts } from './certificate';

/** What stands around the parts. They are read one by one, so that a hash that does not fit can be reported first. */
export const envelopeSchema = z.strictObject({
  format: z.literal(CERTIFICATE_FORMAT),
  version: z.literal(CERTIFICATE_VERSION),
  remediationId: z.string(),
  sequence: z.int().check(z.positive()),
  previous: z.nullable(z.string()),
  parts: z.record(z.string(), z.unknown()),
  hashes: z.record(z.string(), z.string()),
  hash: z.string(),
});

const tags = z.array(z.strictObject({ Key: z.string(), Value: z.string() }));

const rule = z.strictObject({
  SecurityGroupRuleId: z.exactOptional(z.string()),
  GroupId: z.exactOptional(z.string()),
  IsEgress: z.boolean(),
  IpProtocol: z.string(),
  FromPort: z.exactOptional(z.int()),
  ToPort: z.exactOptional(z.int()),
  CidrIpv4: z.exactOptional(z.string()),
  CidrIpv6: z.exactOptional(z.string()),
  PrefixListId: z.exactOptional(z.string()),
  ReferencedGroupInfo: z.exactOptional(
    z.strictObject({
      GroupId: z.exactOptional(z.string()),
      UserId: z.exactOptional(z.string()),
      VpcId: z.exactOptional(z.string()),
      PeeringStatus: z.exactOptional(z.string()),
      VpcPeeringConnectionId: z.exactOptional(z.string()),
    }),
  ),
  Description: z.exactOptional(z.string()),
  Tags: z.exactOptional(tags),
});

const entry = z.strictObject({
  RuleNumber: z.int(),
  Protocol: z.string(),
  RuleAction: z.enum(['allow', 'deny']),
  Egress: z.boolean(),
  CidrBlock: z.exactOptional(z.string()),
  Ipv6CidrBlock: z.exactOptional(z.string()),
  PortRange: z.exactOptional(z.strictObject({ From: z.int(), To: z.int() })),
  IcmpTypeCode: z.exactOptional(z.strictObject({ Type: z.int(), Code: z.int() })),
});

const state = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('security-group'),
    id: z.string(),
    name: z.string(),
    vpcId: z.exactOptional(z.string()),
    tags,
    rules: z.array(rule),
  }),
  z.strictObject({
    kind: z.literal('network-acl'),
    id: z.string(),
    isDefault: z.boolean(),
    vpcId: z.exactOptional(z.string()),
    tags,
    entries: z.array(entry),
  }),
  z.strictObject({
    kind: z.enum(['instance', 'network-interface']),
    id: z.string(),
    interfaces: z.array(z.strictObject({ id: z.string(), vpcId: z.string(), groups: z.array(z.string()) })),
    isolating: z.array(z.strictObject({ id: z.string(), vpcId: z.string(), rules: z.array(rule) })),
  }),
]);

const ports = z.array(z.strictObject({ from: z.int(), to: z.int() }));

const control = z.strictObject({
  id: z.string(),
  parameters: z.array(z.strictObject({ Name: z.string(), Value: z.array(z.string()) })),
  except: z.exactOptional(
    z.array(
      z.strictObject({
        exceptionId: z.string(),
        source: z.string(),
        tcp: ports,
        udp: ports,
        reason: z.string(),
        by: z.string(),
        until: z.string(),
      }),
    ),
  ),
});

const step = z.strictObject({
  call: z.string(),
  rules: z.array(z.union([rule, entry])),
  interface: z.exactOptional(z.strictObject({ id: z.string(), from: z.array(z.string()), to: z.array(z.string()) })),
  group: z.exactOptional(z.strictObject({ id: z.exactOptional(z.string()), vpcId: z.exactOptional(z.string()) })),
});

const fact = z.discriminatedUnion('known', [
  z.strictObject({ known: z.literal(true), value: z.unknown(), evidence: z.array(z.string()) }),
  z.strictObject({ known: z.literal(false), reason: z.string() }),
]);

export const partsSchema = z.strictObject({
  // Written once more than core/stored-target has it: nothing of the planner's is used here.
  target: z.strictObject({
    kind: z.enum(['security-group', 'network-acl', 'instance', 'network-interface']),
    partition: z.string(),
    account: z.string(),
    region: z.string(),
    id: z.string(),
  }),
  findings: z.array(
    z.strictObject({
      id: z.string(),
      productArn: z.string(),
      control: z.exactOptional(control),
      alongside: z.exactOptional(z.boolean()),
    }),
  ),
  controls: z.array(control),
  decision: z.strictObject({
    action: z.enum(['close', 'undo', 'grant', 'end-grant', 'isolate']),
    undoes: z.exactOptional(z.string()),
    trigger: z.string(),
    decidedBy: z.string(),
    policy: z.exactOptional(z.strictObject({ mode: z.string(), entry: z.string(), reason: z.string() })),
    known: z.exactOptional(z.record(z.string(), fact)),
    grant: z.exactOptional(
      z.strictObject({
        grantId: z.string(),
        rule,
        reason: z.string(),
        by: z.string(),
        until: z.string(),
        openedBy: z.string(),
      }),
    ),
  }),
  before: z.nullable(state),
  beforeLatestPlan: z.nullable(state),
  prefixLists: z.array(
    z.strictObject({
      id: z.string(),
      version: z.nullable(z.int()),
      in: z.array(z.enum(STATE_PARTS)),
      cidrs: z.array(z.string()),
    }),
  ),
  plan: z.nullable(
    z.strictObject({
      violations: z.array(
        z.strictObject({
          ruleId: z.exactOptional(z.string()),
          ruleNumber: z.exactOptional(z.int()),
          controls: z.array(z.string()),
          how: z.string(),
          reason: z.string(),
        }),
      ),
      steps: z.array(step),
      ask: z.array(z.string()),
      remarks: z.array(z.string()),
    }),
  ),
  runs: z.array(
    z.strictObject({
      runId: z.string(),
      executionId: z.exactOptional(z.string()),
      startedAt: z.string(),
      step,
      end: z.exactOptional(z.string()),
      reported: z.exactOptional(z.array(step)),
    }),
  ),
  after: z.nullable(state),
  outcome: z.strictObject({ outcome: z.string(), reason: z.string() }),
  times: z.strictObject({ startedAt: z.iso.datetime(), finishedAt: z.iso.datetime() }),
}) satisfies z.ZodMiniType<CertificateParts>;
