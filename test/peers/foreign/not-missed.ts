const SCANS = 'For scans, which are not played on foreign ground: test/end-to-end/permissions misses it.';
const DRILLS =
  'For drills, which are not played on foreign ground: test/end-to-end/permissions/drill misses each of them.';
const ISOLATIONS =
  'For isolations, which are not played on foreign ground: test/end-to-end/permissions/isolation misses each of them.';
const REGIONS = 'Read where a Region may not be enabled, as none is here: test/end-to-end/permissions misses it.';

/** Actions that moto judges and nothing here need fail without, each with the occasion that it is for. */
export const NOT_MISSED: Readonly<Record<string, string>> = {
  'Portcullis-Detection ec2:DescribeManagedPrefixLists': SCANS,
  'Portcullis-Detection ec2:DescribeNetworkAcls': SCANS,
  'Portcullis-Detection ec2:DescribeRegions': REGIONS,
  'Portcullis-Detection ec2:DescribeSecurityGroupRules': SCANS,
  'Portcullis-Detection ec2:DescribeSecurityGroups': SCANS,
  'Portcullis-Detection ec2:GetManagedPrefixListEntries': SCANS,
  'Portcullis-Drill ec2:AuthorizeSecurityGroupIngress': DRILLS,
  'Portcullis-Drill ec2:CreateNetworkAcl': DRILLS,
  'Portcullis-Drill ec2:CreateNetworkAclEntry': DRILLS,
  'Portcullis-Drill ec2:CreateSecurityGroup': DRILLS,
  'Portcullis-Drill ec2:CreateTags': DRILLS,
  'Portcullis-Drill ec2:DeleteNetworkAcl': DRILLS,
  'Portcullis-Drill ec2:DeleteSecurityGroup': DRILLS,
  'Portcullis-Drill ec2:DescribeNetworkAcls': DRILLS,
  'Portcullis-Drill ec2:DescribeNetworkInterfaces': DRILLS,
  'Portcullis-Drill ec2:DescribeSecurityGroupRules': DRILLS,
  'Portcullis-Drill ec2:DescribeSecurityGroups': DRILLS,
  'Portcullis-Drill ec2:DescribeVpcs': DRILLS,
  'Portcullis-Drill ec2:RevokeSecurityGroupIngress': DRILLS,
  'Portcullis-Member ec2:DescribeRegions': REGIONS,
  'Portcullis-Member ec2:DescribeSubnets': ISOLATIONS,
  'Portcullis-Member ec2:DescribeVpcs': ISOLATIONS,
  'Portcullis-Member ec2:DescribeVpcBlockPublicAccessExclusions': 'read where VPC Block Public Access is on',
  'Portcullis-Runbook ec2:CreateSecurityGroup': ISOLATIONS,
  'Portcullis-Runbook ec2:DescribeNetworkInterfaces': ISOLATIONS,
  'Portcullis-Runbook ec2:ModifyNetworkInterfaceAttribute': ISOLATIONS,
  'Portcullis-Sweeper sts:AssumeRole': SCANS,
};
