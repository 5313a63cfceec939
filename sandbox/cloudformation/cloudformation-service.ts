import * as schemas from '@aws-sdk/client-cloudformation';
import type { ListDelegatedAdministratorsResponse } from '@aws-sdk/client-organizations';
import { accountChanged } from '../organizations/membership-operations';
import type { Service } from '../runtime/operation';
import type { World } from '../runtime/world';
import { parseStackSet } from './stack-sets/parse-stack-set';
import { createStackSetOperations } from './stack-sets/stack-set-operations';
import { StackSets } from './stack-sets/stack-sets';

const SERVICE_PRINCIPAL = 'member.org.stacksets.cloudformation.amazonaws.com';

/**
 * StackSets that AWS manages, made from a template and looked at by CloudFormation's API; stacks are deployed without
 * it.
 */
export function createCloudformation(): Service {
  let sets: StackSets | undefined;
  const setsOf = (world: World): StackSets => (sets ??= new StackSets(world));
  return {
    signingName: 'cloudformation',
    protocol: 'awsQuery',
    schemas,
    operations: createStackSetOperations(setsOf, administratorsIn),
    provisioners: {
      'AWS::CloudFormation::StackSet': async (properties, place) => {
        const { world } = place;
        const set = parseStackSet(properties, place, await administratorsIn(world));
        await setsOf(world).create(set);
        return { ref: set.id, attributes: { StackSetId: set.id } };
      },
    },
    start: (world) => {
      world.on(accountChanged, (account) => {
        void world.clock.busy(setsOf(world).follow(String(account)));
      });
    },
  };
}

async function administratorsIn(world: World): Promise<readonly string[]> {
  const { hub } = world;
  const call = { principal: { kind: 'account', account: hub.account }, ...hub } as const;
  const input = { ServicePrincipal: SERVICE_PRINCIPAL };
  const listed = (await world.call(
    'organizations',
    'ListDelegatedAdministrators',
    input,
    call,
  )) as ListDelegatedAdministratorsResponse;
  return (listed.DelegatedAdministrators ?? []).flatMap(({ Id }) => Id ?? []);
}
