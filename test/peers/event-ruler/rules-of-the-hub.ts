import { resolve, type Scope } from '../../../sandbox/cloudformation/intrinsic-functions';
import { exampleWith, resourcesOf, synthesize } from '../../stacks/synthesized';

const ACCOUNT = '111111111111';

export interface RuleOfTheHub {
  readonly name: string;
  readonly pattern: string;
}

/**
 * Every rule of the hub stack, synthesized with both Security Hubs, its pattern as CloudFormation hands it to
 * EventBridge in partition `aws`.
 */
export function rulesOfTheHub(): readonly RuleOfTheHub[] {
  const { hub } = synthesize(exampleWith({ securityHub: 'both' })).templates;
  const actions = new Map(resourcesOf(hub).map(({ logicalId, properties }) => [logicalId, properties['Id']]));
  const arnOf = (logicalId: string) =>
    `arn:aws:securityhub:eu-central-1:${ACCOUNT}:action/custom/${String(actions.get(logicalId))}`;
  const unknown = (name: string): never => {
    throw new Error(`no pattern is expected to name ${name}`);
  };
  const scope: Scope = {
    ref: (name) => (name === 'AWS::Partition' ? 'aws' : unknown(name)),
    attribute: (logicalId, name) => (name === 'ActionTargetArn' ? arnOf(logicalId) : unknown(name)),
    mapping: unknown,
    condition: unknown,
    importValue: unknown,
    availabilityZones: unknown,
  };
  return resourcesOf(hub, 'AWS::Events::Rule').map(({ properties }) => ({
    name: String(properties['Name']),
    pattern: JSON.stringify(resolve(properties['EventPattern'], scope)),
  }));
}
