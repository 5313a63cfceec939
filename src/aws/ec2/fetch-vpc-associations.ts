import { DescribeSecurityGroupVpcAssociationsCommand, EC2ServiceException, type EC2Client } from '@aws-sdk/client-ec2';
import type { VpcAssociation } from '../../core/context/surroundings';
import { success } from '../../core/result';
import type { Target } from '../../core/target';
import type { PortResult } from '../../flow/ports';
import { fetchPages } from '../fetch-pages';

/**
 * Other VPCs that a security group is associated with, those that it is just being taken out of included: rules hold
 * until that is done. https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html
 */
export async function fetchVpcAssociations(client: EC2Client, { id }: Target): PortResult<readonly VpcAssociation[]> {
  const Filters = [{ Name: 'group-id', Values: [id] }];
  const associations = await fetchPages('ec2:DescribeSecurityGroupVpcAssociations', async (NextToken) => {
    const ask = new DescribeSecurityGroupVpcAssociationsCommand({ Filters, MaxResults: 1000, NextToken });
    try {
      const page = await client.send(ask);
      return { items: page.SecurityGroupVpcAssociations, nextToken: page.NextToken };
    } catch (error) {
      // Where EC2 does not know the operation, nobody can have associated anything.
      if (error instanceof EC2ServiceException && error.name === 'InvalidAction') return { items: [], nextToken: '' };
      throw error;
    }
  });
  if (!associations.ok) return associations;
  const there = associations.value.filter(({ State }) => !/^(disassociated|association-failed)$/.test(State ?? ''));
  return success(there.map(({ VpcId: vpcId = '', VpcOwnerId: owner = '' }) => ({ vpcId, owner })));
}
