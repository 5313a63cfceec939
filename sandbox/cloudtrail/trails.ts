import type {
  DescribeTrailsRequest,
  DescribeTrailsResponse,
  GetTrailStatusRequest,
  GetTrailStatusResponse,
  StopLoggingRequest,
} from '@aws-sdk/client-cloudtrail';
import { AwsError } from '../runtime/aws-error';
import type { CallContext, Operation } from '../runtime/operation';

const NAME = 'management-events';

/**
 * Every account has one trail, for all Regions, which records until somebody stops it. Others cannot be made; what it
 * records goes nowhere, and events come whether it records or not.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html
 */
export class Trails {
  readonly #stopped = new Set<string>();

  readonly describe: Operation<DescribeTrailsRequest, DescribeTrailsResponse> = {
    permissions: () => [{ action: 'cloudtrail:DescribeTrails', resource: '*' }],
    handle: (_input, context) => ({
      trailList: [
        {
          Name: NAME,
          TrailARN: arnOf(context),
          HomeRegion: context.world.hub.region,
          IsMultiRegionTrail: true,
          IncludeGlobalServiceEvents: true,
        },
      ],
    }),
  };

  readonly getStatus: Operation<GetTrailStatusRequest, GetTrailStatusResponse> = {
    permissions: (_input, context) => [{ action: 'cloudtrail:GetTrailStatus', resource: arnOf(context) }],
    handle: ({ Name }, context) => {
      checkName(Name, context);
      return { IsLogging: !this.#stopped.has(context.account) };
    },
  };

  readonly stop: Operation<StopLoggingRequest, object> = {
    permissions: (_input, context) => [{ action: 'cloudtrail:StopLogging', resource: arnOf(context) }],
    handle: ({ Name }, context) => {
      checkName(Name, context);
      this.#stopped.add(context.account);
      return {};
    },
  };
}

function arnOf({ world, account }: CallContext): string {
  return `arn:${world.partition}:cloudtrail:${world.hub.region}:${account}:trail/${NAME}`;
}

function checkName(name: string | undefined, context: CallContext): void {
  if (name === NAME || name === arnOf(context)) return;
  throw new AwsError('TrailNotFoundException', `Unknown trail: ${name ?? ''}`);
}
