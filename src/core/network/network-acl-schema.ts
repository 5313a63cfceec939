import * as z from 'zod';
import { tagSchema } from './security-group-schema';

/** EC2's NetworkAclEntry as JSON; fields that Portcullis does not know are dropped. */
export const networkAclEntrySchema = z.object({
  RuleNumber: z.int(),
  Protocol: z.string(),
  RuleAction: z.enum(['allow', 'deny']),
  Egress: z.boolean(),
  CidrBlock: z.string().exactOptional(),
  Ipv6CidrBlock: z.string().exactOptional(),
  PortRange: z.object({ From: z.int(), To: z.int() }).exactOptional(),
  IcmpTypeCode: z.object({ Type: z.int(), Code: z.int() }).exactOptional(),
});

export const networkAclSchema = z.object({
  kind: z.literal('network-acl'),
  id: z.string(),
  isDefault: z.boolean(),
  vpcId: z.string().exactOptional(),
  tags: z.array(tagSchema),
  entries: z.array(networkAclEntrySchema),
});
