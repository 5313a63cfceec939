import * as z from '../zod-mini';
import { tagSchema } from './security-group-schema';

/** EC2's NetworkAclEntry as JSON; fields that Portcullis does not know are dropped. */
export const networkAclEntrySchema = z.object({
  RuleNumber: z.int(),
  Protocol: z.string(),
  RuleAction: z.enum(['allow', 'deny']),
  Egress: z.boolean(),
  CidrBlock: z.exactOptional(z.string()),
  Ipv6CidrBlock: z.exactOptional(z.string()),
  PortRange: z.exactOptional(z.object({ From: z.int(), To: z.int() })),
  IcmpTypeCode: z.exactOptional(z.object({ Type: z.int(), Code: z.int() })),
});

export const networkAclSchema = z.object({
  kind: z.literal('network-acl'),
  id: z.string(),
  isDefault: z.boolean(),
  vpcId: z.exactOptional(z.string()),
  tags: z.array(tagSchema),
  entries: z.array(networkAclEntrySchema),
});
