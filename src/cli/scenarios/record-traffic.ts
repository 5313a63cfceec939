import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateFlowLogsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import type { PrepareStage } from './prepare-stage';
import type { ScenarioStart } from './scenario';

/** The log group that `flowLogs` of portcullis.sandbox-detection.yaml names. */
const LOG_GROUP = '/vpc/flow-logs';

const MINUTE_MILLIS = 60_000;
const DAY_MILLIS = 24 * 60 * MINUTE_MILLIS;

/** Times of CloudTrail are to the second: flow logs are there some before the port is opened. */
const BEFORE_OPENING_MILLIS = 2_000;

/**
 * Runs an instance behind a group and has its traffic logged, as it would be by somebody who knows that Portcullis
 * asks.
 *
 * @returns what is done once the group is open: days pass, with the records that VPC would deliver of them
 */
export async function recordTraffic(
  { account, region, name, use, rules }: ScenarioStart,
  groupId: string,
  stage: PrepareStage,
): Promise<{ readonly pass: () => Promise<void> }> {
  const { time } = stage;
  if (use === undefined || time === undefined) throw new Error(`${name} needs a sandbox whose time can go on`);
  const ec2 = stage.clients.ec2(account, region);
  const logs = stage.clients.logs(account, region);
  const { Vpcs = [] } = await ec2.send(
    new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['true'] }] }),
  );
  const { Subnets = [] } = await ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: 'vpc-id', Values: [Vpcs[0]?.VpcId ?? ''] }] }),
  );
  await ec2.send(
    new RunInstancesCommand({
      ImageId: 'ami-0123456789abcdef0',
      MinCount: 1,
      MaxCount: 1,
      SubnetId: Subnets[0]?.SubnetId,
      SecurityGroupIds: [groupId],
      IamInstanceProfile: { Name: 'sessions' },
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'jump host' }] }],
    }),
  );
  const { NetworkInterfaces = [] } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ Filters: [{ Name: 'group-id', Values: [groupId] }] }),
  );
  const { NetworkInterfaceId: id = '', PrivateIpAddress: address = '' } = NetworkInterfaces[0] ?? {};
  await logs.send(new CreateLogGroupCommand({ logGroupName: LOG_GROUP })).catch((error: unknown) => {
    if (!(error instanceof ResourceAlreadyExistsException)) throw error;
  });
  await ec2.send(
    new CreateFlowLogsCommand({
      ResourceType: 'NetworkInterface',
      ResourceIds: [id],
      TrafficType: 'ALL',
      LogGroupName: LOG_GROUP,
    }),
  );
  await time.advance(BEFORE_OPENING_MILLIS);

  return {
    async pass() {
      const { days, sources } = use;
      const openedAt = time.now();
      stage.say(
        `${String(days)} days pass; ${sources.length === 0 ? 'nobody connects' : `${sources.join(', ')} connect`}`,
      );
      await time.advance(days * DAY_MILLIS);
      const port = rules[0]?.from ?? 22;
      const records = [
        quiet(account, id, openedAt + MINUTE_MILLIS),
        ...sources.map((source, index) =>
          flow({ account, id, source, address, port }, openedAt + (index + 2) * MINUTE_MILLIS),
        ),
        quiet(account, id, time.now() - 10 * MINUTE_MILLIS),
      ];
      const stream = { logGroupName: LOG_GROUP, logStreamName: `${id}-all` };
      await logs.send(new CreateLogStreamCommand(stream));
      await logs.send(new PutLogEventsCommand({ ...stream, logEvents: records }));
    },
  };
}

interface Flow {
  readonly account: string;
  readonly id: string;
  readonly source: string;
  readonly address: string;
  readonly port: number;
}

/** A record in the default format: https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html */
function flow({ account, id, source, address, port }: Flow, at: number) {
  const fields = [2, account, id, source, address, 51000, port, 6, 12, 5_400, ...during(at), 'ACCEPT', 'OK'];
  return { timestamp: at, message: fields.join(' ') };
}

/** What VPC writes of an interval without traffic. */
function quiet(account: string, id: string, at: number) {
  const none = Array<string>(7).fill('-');
  return { timestamp: at, message: [2, account, id, ...none, ...during(at), '-', 'NODATA'].join(' ') };
}

function during(at: number): readonly [number, number] {
  const second = Math.floor(at / 1000);
  return [second, second + 60];
}
