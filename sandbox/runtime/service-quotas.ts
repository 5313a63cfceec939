/** How often an operation may be called in one account and Region: a bucket of tokens that refills evenly. */
export interface RateQuota {
  /** Calls at once when nobody has called for a while. */
  readonly burst: number;
  readonly perSecond: number;
  /** Of calls without Filters and MaxResults, where those are counted apart. */
  readonly unfiltered?: RateQuota;
}

/** https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html */
const EC2_CHANGE: RateQuota = { burst: 50, perSecond: 5 };
const EC2_DESCRIBE: RateQuota = { burst: 100, perSecond: 20 };

/**
 * "Unfiltered and unpaginated non-mutating actions" have a bucket of their own. The page counts neither a filter nor
 * pagination as such a call, and says nothing of ids: a call by ids alone is counted as unfiltered here.
 */
const EC2_DESCRIBE_SOME: RateQuota = {
  ...EC2_DESCRIBE,
  unfiltered: { burst: 50, perSecond: 10 },
};

/** Security Hub names no rates of V2's own: "all other operations". */
const ALL_OTHERS: RateQuota = { burst: 30, perSecond: 10 };

/**
 * Signing name → operation → quota. What is not here is not limited.
 * - Systems Manager: https://docs.aws.amazon.com/general/latest/gr/ssm.html (no burst is documented)
 * - Security Hub: the reference of each operation,
 *   https://docs.aws.amazon.com/securityhub/1.0/APIReference/Welcome.html
 */
export const RATE_QUOTAS: Readonly<Record<string, Readonly<Record<string, RateQuota>>>> = {
  ec2: {
    AuthorizeSecurityGroupIngress: EC2_CHANGE,
    AuthorizeSecurityGroupEgress: EC2_CHANGE,
    RevokeSecurityGroupIngress: EC2_CHANGE,
    RevokeSecurityGroupEgress: EC2_CHANGE,
    CreateNetworkAclEntry: EC2_CHANGE,
    ReplaceNetworkAclEntry: EC2_CHANGE,
    DeleteNetworkAclEntry: EC2_CHANGE,
    DescribeSecurityGroups: EC2_DESCRIBE_SOME,
    DescribeNetworkInterfaces: EC2_DESCRIBE_SOME,
    DescribeSecurityGroupRules: EC2_DESCRIBE,
    DescribeNetworkAcls: EC2_DESCRIBE,
    DescribeTags: EC2_DESCRIBE,
    DescribeInstances: EC2_DESCRIBE_SOME,
    DescribeRouteTables: EC2_DESCRIBE,
    DescribeVpcBlockPublicAccessOptions: EC2_DESCRIBE,
    DescribeVpcBlockPublicAccessExclusions: EC2_DESCRIBE,
  },
  securityhub: {
    BatchImportFindings: { burst: 30, perSecond: 10 },
    BatchUpdateFindings: { burst: 30, perSecond: 10 },
    GetFindings: { burst: 6, perSecond: 3 },
    GetFindingsV2: ALL_OTHERS,
    BatchUpdateFindingsV2: ALL_OTHERS,
  },
  ssm: {
    StartAutomationExecution: { burst: 1, perSecond: 1 },
    GetAutomationExecution: { burst: 3, perSecond: 3 },
  },
};
