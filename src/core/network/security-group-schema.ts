import * as z from '../zod-mini';

export const tagSchema = z.object({ Key: z.string(), Value: z.string() });

/** EC2's SecurityGroupRule as JSON; fields that Portcullis does not know are dropped. */
export const securityGroupRuleSchema = z.object({
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
    z.object({
      GroupId: z.exactOptional(z.string()),
      UserId: z.exactOptional(z.string()),
      VpcId: z.exactOptional(z.string()),
      PeeringStatus: z.exactOptional(z.string()),
      VpcPeeringConnectionId: z.exactOptional(z.string()),
    }),
  ),
  Description: z.exactOptional(z.string()),
  Tags: z.exactOptional(z.array(tagSchema)),
});

export const securityGroupSchema = z.object({
  kind: z.literal('security-group'),
  id: z.string(),
  name: z.string(),
  vpcId: z.exactOptional(z.string()),
  tags: z.array(tagSchema),
  rules: z.array(securityGroupRuleSchema),
  prefixLists: z.record(z.string(), z.array(z.string())),
  prefixListVersions: z.exactOptional(z.record(z.string(), z.int())),
  attachedInterfaceIds: z.exactOptional(z.array(z.string())),
});
