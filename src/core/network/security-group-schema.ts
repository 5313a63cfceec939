import * as z from 'zod';

export const tagSchema = z.object({ Key: z.string(), Value: z.string() });

/** EC2's SecurityGroupRule as JSON; fields that Portcullis does not know are dropped. */
export const securityGroupRuleSchema = z.object({
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
    .object({
      GroupId: z.string().exactOptional(),
      UserId: z.string().exactOptional(),
      VpcId: z.string().exactOptional(),
      PeeringStatus: z.string().exactOptional(),
      VpcPeeringConnectionId: z.string().exactOptional(),
    })
    .exactOptional(),
  Description: z.string().exactOptional(),
  Tags: z.array(tagSchema).exactOptional(),
});

export const securityGroupSchema = z.object({
  kind: z.literal('security-group'),
  id: z.string(),
  name: z.string(),
  vpcId: z.string().exactOptional(),
  tags: z.array(tagSchema),
  rules: z.array(securityGroupRuleSchema),
  prefixLists: z.record(z.string(), z.array(z.string())),
  prefixListVersions: z.record(z.string(), z.int()).exactOptional(),
  attachedInterfaceIds: z.array(z.string()).exactOptional(),
});
