import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateFlowLogsCommand,
  DescribeNetworkInterfacesCommand,
  type CreateFlowLogsCommandInput,
} from '@aws-sdk/client-ec2';
import { ANYWHERE, tcp, type Deployed, type Group, type Place } from '../deployed-portcullis';

const LOG_GROUP = '/vpc/flow-logs';

export interface Record {
  /** Of the sandbox's time. */
  readonly atMillis: number;
  readonly from?: string;
  readonly port?: number;
  readonly bytes?: number;
  readonly action?: string;
  readonly status?: string;
}

interface Interface {
  readonly id: string;
  readonly address: string;
}

/** What VPC would deliver, in the default format unless another is given. */
export interface LoggedTraffic {
  interfaceOf(group: Group): Promise<Interface>;
  /** Of the interface alone, so that each test has its own. */
  log(of: Interface, over?: Partial<CreateFlowLogsCommandInput>): Promise<void>;
  deliver(to: Interface, ...records: readonly Record[]): Promise<void>;
  /** An instance whose traffic is logged, then SSH open on it for so long, with what was recorded meanwhile. */
  openFor(hours: number, ...records: readonly Traffic[]): Promise<Group>;
  /** The same on an instance that has no agent of Systems Manager. */
  openWithoutAgentFor(hours: number, ...records: readonly Traffic[]): Promise<Group>;
  stop(): void;
}

/** A record at a time that {@link LoggedTraffic.openFor} chooses. */
export type Traffic = Omit<Record, 'atMillis'>;

const HOUR = 3_600_000;

export function loggedTraffic(portcullis: Deployed, place: Place): LoggedTraffic {
  const { account, region } = place;
  const logs = new CloudWatchLogsClient({
    endpoint: portcullis.endpoint,
    region,
    credentials: { accessKeyId: account, secretAccessKey: 'any' },
    maxAttempts: 1,
  });
  const traffic: LoggedTraffic = {
    async interfaceOf(group: Group): Promise<Interface> {
      const { NetworkInterfaces = [] } = await portcullis.clients
        .ec2(place)
        .send(new DescribeNetworkInterfacesCommand({ Filters: [{ Name: 'group-id', Values: [group.id] }] }));
      return {
        id: NetworkInterfaces[0]?.NetworkInterfaceId ?? '',
        address: NetworkInterfaces[0]?.PrivateIpAddress ?? '',
      };
    },

    async log({ id }: Interface, over: Partial<CreateFlowLogsCommandInput> = {}): Promise<void> {
      await logs.send(new CreateLogGroupCommand({ logGroupName: LOG_GROUP })).catch((error: unknown) => {
        if (!(error instanceof ResourceAlreadyExistsException)) throw error;
      });
      await portcullis.clients.ec2(place).send(
        new CreateFlowLogsCommand({
          ResourceType: 'NetworkInterface',
          ResourceIds: [id],
          TrafficType: 'ALL',
          LogGroupName: LOG_GROUP,
          ...over,
        }),
      );
    },

    async deliver({ id, address }: Interface, ...records: readonly Record[]): Promise<void> {
      const name = { logGroupName: LOG_GROUP, logStreamName: `${id}-all` };
      await logs.send(new CreateLogStreamCommand(name));
      await logs.send(
        new PutLogEventsCommand({
          ...name,
          logEvents: records.map(({ atMillis, from, port, bytes, action, status = 'OK' }) => ({
            timestamp: atMillis,
            message: [
              ...[
                '2',
                account,
                id,
                from ?? '-',
                from === undefined ? '-' : address,
                from === undefined ? '-' : '51000',
              ],
              ...[port ?? '-', from === undefined ? '-' : '6', from === undefined ? '-' : '5', bytes ?? '-'],
              ...[String(Math.floor(atMillis / 1000)), String(Math.floor(atMillis / 1000) + 60), action ?? '-', status],
            ].join(' '),
          })),
        }),
      );
    },

    openFor: (hours, ...records) => open(true, hours, records),

    openWithoutAgentFor: (hours, ...records) => open(false, hours, records),

    stop: () => {
      logs.destroy();
    },
  };
  return traffic;

  async function open(hasAgent: boolean, hours: number, records: readonly Traffic[]): Promise<Group> {
    const group = await portcullis.openGroup(place, []);
    await portcullis.runInstance(group, 'web', hasAgent);
    const eni = await traffic.interfaceOf(group);
    await traffic.log(eni);
    // Times of CloudTrail are to the second.
    await portcullis.clock.advance(2_000);
    await portcullis.clients
      .ec2(place)
      .send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions: [tcp(22, 22, ANYWHERE)] }));
    const openedAt = portcullis.clock.now();
    await portcullis.clock.advance(hours * HOUR);
    await traffic.deliver(
      eni,
      { atMillis: openedAt + 60_000, status: 'NODATA' },
      ...records.map((record, index) => ({ atMillis: openedAt + (index + 1) * 600_000, ...record })),
      { atMillis: portcullis.clock.now() - 600_000, status: 'NODATA' },
    );
    return group;
  }
}
