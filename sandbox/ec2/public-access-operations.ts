import type {
  DescribeVpcBlockPublicAccessExclusionsCommandInput,
  DescribeVpcBlockPublicAccessExclusionsCommandOutput,
  DescribeVpcBlockPublicAccessOptionsCommandInput,
  DescribeVpcBlockPublicAccessOptionsCommandOutput,
  ModifyVpcBlockPublicAccessOptionsCommandInput,
  ModifyVpcBlockPublicAccessOptionsCommandOutput,
  VpcBlockPublicAccessOptions,
} from '@aws-sdk/client-ec2';
import { invalidParameterValue } from './ec2-errors';
import type { Answer, Ec2Context, Ec2Operation } from './ec2-operation';
import { onEverything } from './permissions';

const MODES = ['off', 'block-bidirectional', 'block-ingress'] as const;

/** It takes effect at once, where AWS takes minutes. https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html */
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

/** Nobody can make any here. */
export const describePublicAccessExclusions: Ec2Operation<
  DescribeVpcBlockPublicAccessExclusionsCommandInput,
  Answer<DescribeVpcBlockPublicAccessExclusionsCommandOutput>
> = {
  permissions: onEverything('DescribeVpcBlockPublicAccessExclusions'),
  handle: () => ({ VpcBlockPublicAccessExclusions: [] }),
};

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
