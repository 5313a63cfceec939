import * as z from 'zod';
import { CERTIFICATE_FORMAT, CERTIFICATE_VERSION, STATE_PARTS, type CertificateParts } from './certificate';

/** What stands around the parts. They are read one by one, so that a hash that does not fit can be told first. */
export const envelopeSchema = z.strictObject({
  format: z.literal(CERTIFICATE_FORMAT),
  version: z.literal(CERTIFICATE_VERSION),
  remediationId: z.string(),
  sequence: z.int().positive(),
  previous: z.string().nullable(),
  parts: z.record(z.string(), z.unknown()),
  hashes: z.record(z.string(), z.string()),
  hash: z.string(),
});

const tags = z.array(z.strictObject({ Key: z.string(), Value: z.string() }));

const rule = z.strictObject({
  SecurityGroupRuleId: z.string().exactOptional(),
  GroupId: z.string().exactOptional(),
  IsEgress: z.boolean(),
  IpProtocol: z.string(),
  FromPort: z.int().exactOptional(),
  ToPort: z.int().exactOptional(),
  CidrIpv4: z.string().exactOptional(),
  CidrIpv6: z.string().exactOptional(),
  PrefixListId: z.string().exactOptional(),
  ReferencedGroupInfo: z
    .strictObject({
      GroupId: z.string().exactOptional(),
      UserId: z.string().exactOptional(),
      VpcId: z.string().exactOptional(),
      PeeringStatus: z.string().exactOptional(),
      VpcPeeringConnectionId: z.string().exactOptional(),
    })
    .exactOptional(),
  Description: z.string().exactOptional(),
  Tags: tags.exactOptional(),
});

const entry = z.strictObject({
  RuleNumber: z.int(),
  Protocol: z.string(),
  RuleAction: z.enum(['allow', 'deny']),
  Egress: z.boolean(),
  CidrBlock: z.string().exactOptional(),
  Ipv6CidrBlock: z.string().exactOptional(),
  PortRange: z.strictObject({ From: z.int(), To: z.int() }).exactOptional(),
  IcmpTypeCode: z.strictObject({ Type: z.int(), Code: z.int() }).exactOptional(),
});

const state = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('security-group'),
    id: z.string(),
    name: z.string(),
    vpcId: z.string().exactOptional(),
    tags,
    rules: z.array(rule),
  }),
  z.strictObject({
    kind: z.literal('network-acl'),
    id: z.string(),
    isDefault: z.boolean(),
    vpcId: z.string().exactOptional(),
    tags,
    entries: z.array(entry),
  }),
]);

const control = z.strictObject({
  id: z.string(),
  parameters: z.array(z.strictObject({ Name: z.string(), Value: z.array(z.string()) })),
});

const step = z.strictObject({ call: z.string(), rules: z.array(z.union([rule, entry])) });

export const partsSchema = z.strictObject({
  target: z.strictObject({
    kind: z.enum(['security-group', 'network-acl']),
    partition: z.string(),
    account: z.string(),
    region: z.string(),
    id: z.string(),
  }),
  findings: z.array(
    z.strictObject({ id: z.string(), productArn: z.string(), control, alongside: z.boolean().exactOptional() }),
  ),
  controls: z.array(control),
  decision: z.strictObject({
    action: z.enum(['close', 'undo']),
    undoes: z.string().exactOptional(),
    trigger: z.string(),
    decidedBy: z.string(),
  }),
  before: state.nullable(),
  beforeLatestPlan: state.nullable(),
  prefixLists: z.array(
    z.strictObject({
      id: z.string(),
      version: z.int().nullable(),
      in: z.array(z.enum(STATE_PARTS)),
      cidrs: z.array(z.string()),
    }),
  ),
  plan: z
    .strictObject({
      violations: z.array(
        z.strictObject({
          ruleId: z.string().exactOptional(),
          ruleNumber: z.int().exactOptional(),
          controls: z.array(z.string()),
          how: z.string(),
          reason: z.string(),
        }),
      ),
      steps: z.array(step),
      ask: z.array(z.string()),
      remarks: z.array(z.string()),
    })
    .nullable(),
  runs: z.array(
    z.strictObject({
      runId: z.string(),
      executionId: z.string().exactOptional(),
      startedAt: z.string(),
      step,
      end: z.string().exactOptional(),
    }),
  ),
  after: state.nullable(),
  outcome: z.strictObject({ outcome: z.string(), reason: z.string() }),
  times: z.strictObject({ startedAt: z.iso.datetime(), finishedAt: z.iso.datetime() }),
}) satisfies z.ZodType<CertificateParts>;
