import type {
  CreateVpcBlockPublicAccessExclusionCommandInput,
  CreateVpcBlockPublicAccessExclusionCommandOutput,
  DescribeVpcBlockPublicAccessExclusionsCommandInput,
  DescribeVpcBlockPublicAccessExclusionsCommandOutput,
  DescribeVpcBlockPublicAccessOptionsCommandInput,
  DescribeVpcBlockPublicAccessOptionsCommandOutput,
  ModifyVpcBlockPublicAccessOptionsCommandInput,
  ModifyVpcBlockPublicAccessOptionsCommandOutput,
  VpcBlockPublicAccessOptions,
} from '@aws-sdk/client-ec2';
import { ec2Arn } from './arns';
import { invalidParameterValue, missingParameter } from './ec2-errors';
import { findById, ID_KINDS } from './ec2-ids';
import type { PublicAccessExclusion } from './ec2-state';
import type { Answer, Ec2Context, Ec2Operation } from './ec2-operation';
import { onEverything } from './permissions';

const MODES = ['off', 'block-bidirectional', 'block-ingress'] as const;

/**
 * It takes effect at once, where AWS takes minutes.
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
 */
export const modifyPublicAccessOptions: Ec2Operation<
  ModifyVpcBlockPublicAccessOptionsCommandInput,
  Answer<ModifyVpcBlockPublicAccessOptionsCommandOutput>
> = {
  permissions: onEverything('ModifyVpcBlockPublicAccessOptions'),
  handle: ({ InternetGatewayBlockMode }, context) => {
    const mode = MODES.find((each) => each === InternetGatewayBlockMode);
    if (mode === undefined) throw invalidParameterValue(`InternetGatewayBlockMode is one of ${MODES.join(', ')}`);
    context.state.publicAccess.mode = mode;
    return { VpcBlockPublicAccessOptions: toView(context) };
  },
};

export const describePublicAccessOptions: Ec2Operation<
  DescribeVpcBlockPublicAccessOptionsCommandInput,
  Answer<DescribeVpcBlockPublicAccessOptionsCommandOutput>
> = {
  permissions: onEverything('DescribeVpcBlockPublicAccessOptions'),
  handle: (_input, context) => ({ VpcBlockPublicAccessOptions: toView(context) }),
};

/** It is there at once, where AWS takes minutes. */
export const createPublicAccessExclusion: Ec2Operation<
  CreateVpcBlockPublicAccessExclusionCommandInput,
  Answer<CreateVpcBlockPublicAccessExclusionCommandOutput>
> = {
  permissions: onEverything('CreateVpcBlockPublicAccessExclusion'),
  handle: ({ VpcId, SubnetId, InternetGatewayExclusionMode }, context) => {
    const { state, world } = context;
    const mode = (['allow-bidirectional', 'allow-egress'] as const).find(
      (each) => each === InternetGatewayExclusionMode,
    );
    if (mode === undefined) throw missingParameter('The request must contain InternetGatewayExclusionMode');
    if ((VpcId === undefined) === (SubnetId === undefined)) throw missingParameter('Name either VpcId or SubnetId');
    const resourceId =
      VpcId === undefined
        ? findById(ID_KINDS.subnet, state.subnets, SubnetId ?? '').subnetId
        : findById(ID_KINDS.vpc, state.vpcs, VpcId).vpcId;
    const exclusion = { exclusionId: world.id('vpcbpa-exclude-', 17), resourceId, mode };
    state.publicAccessExclusions.set(exclusion.exclusionId, exclusion);
    return { VpcBlockPublicAccessExclusion: toExclusionView(exclusion, context) };
  },
};

export const describePublicAccessExclusions: Ec2Operation<
  DescribeVpcBlockPublicAccessExclusionsCommandInput,
  Answer<DescribeVpcBlockPublicAccessExclusionsCommandOutput>
> = {
  permissions: onEverything('DescribeVpcBlockPublicAccessExclusions'),
  handle: (_input, context) => ({
    VpcBlockPublicAccessExclusions: [...context.state.publicAccessExclusions.values()].map((each) =>
      toExclusionView(each, context),
    ),
  }),
};

function toExclusionView({ exclusionId, resourceId, mode }: PublicAccessExclusion, context: Ec2Context) {
  const type = resourceId.startsWith('vpc-') ? 'vpc' : 'subnet';
  return {
    ExclusionId: exclusionId,
    InternetGatewayExclusionMode: mode,
    ResourceArn: ec2Arn(context, type, resourceId),
    State: 'create-complete' as const,
  };
}

function toView({ state, account, region }: Ec2Context): VpcBlockPublicAccessOptions {
  const { mode } = state.publicAccess;
  return {
    AwsAccountId: account,
    AwsRegion: region,
    State: mode === 'off' ? 'default-state' : 'update-complete',
    InternetGatewayBlockMode: mode,
    ManagedBy: 'account',
    ExclusionsAllowed: 'allowed',
  };
}
