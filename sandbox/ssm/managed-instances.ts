import type { DescribeInstanceInformationRequest, DescribeInstanceInformationResult } from '@aws-sdk/client-ssm';

import { AwsError } from '../runtime/aws-error';
import type { Operation } from '../runtime/operation';
import { Regional } from '../runtime/regional';
import type { World } from '../runtime/world';

interface InstanceRun {
  readonly account: string;
  readonly region: string;
  readonly instanceId: string;
  readonly hasProfile: boolean;
}

/** Instances that run with an instance profile have an agent that is online; the others have none. */
export class ManagedInstances {
  readonly #places = new Regional(() => new Set<string>());

  readonly operations: {
    readonly DescribeInstanceInformation: Operation<
      DescribeInstanceInformationRequest,
      DescribeInstanceInformationResult
    >;
  } = {
    DescribeInstanceInformation: {
      permissions: () => [{ action: 'ssm:DescribeInstanceInformation', resource: '*' }],
      handle: ({ Filters = [] }, { account, region }) => {
        if (Filters.some(({ Key }) => Key !== 'InstanceIds')) {
          throw new AwsError('InvalidInstanceInformationFilterValue', 'The sandbox filters by InstanceIds only.');
        }
        const online = [...this.#places.at(account, region)].filter((id) =>
          Filters.every(({ Values = [] }) => Values.includes(id)),
        );
        return {
          InstanceInformationList: online.map((InstanceId) => ({
            InstanceId,
            PingStatus: 'Online',
            ResourceType: 'EC2Instance',
          })),
        };
      },
    },
  };

  start(world: World): void {
    world.on('ec2:instance-run', (payload) => {
      const { account, region, instanceId, hasProfile } = payload as InstanceRun;
      if (hasProfile) this.#places.at(account, region).add(instanceId);
    });
  }
}
