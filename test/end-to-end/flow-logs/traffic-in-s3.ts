import { AthenaClient, CreateWorkGroupCommand, StartQueryExecutionCommand } from '@aws-sdk/client-athena';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateFlowLogsCommand,
  DescribeNetworkInterfacesCommand,
} from '@aws-sdk/client-ec2';
import { ANYWHERE, tcp, type Deployed, type Group, type Place } from '../deployed-portcullis';
import type { Traffic } from './logged-traffic';

/** As https://docs.aws.amazon.com/athena/latest/ug/vpc-flow-logs-create-table-statement.html writes it, shorter. */
const TABLE = `
CREATE EXTERNAL TABLE IF NOT EXISTS vpc.flow_logs (
  version int, account_id string, interface_id string, srcaddr string, dstaddr string, srcport int, dstport int,
  protocol bigint, packets bigint, bytes bigint, \`start\` bigint, \`end\` bigint, action string, log_status string
)
PARTITIONED BY (day string)
ROW FORMAT DELIMITED FIELDS TERMINATED BY ' '
LOCATION 's3://flow-logs-of-example/AWSLogs/'`;

const HOUR = 3_600_000;

export interface TrafficInS3 {
  /** A work group whose queries may scan so many bytes, and the table. */
  prepare(mostBytes: number | undefined): Promise<void>;
  /** An instance whose traffic is logged, then SSH open on it for so long, with what was recorded meanwhile. */
  openFor(hours: number, records: readonly Traffic[], over?: { readonly bucket?: string }): Promise<Group>;
  stop(): void;
}

export function trafficInS3(portcullis: Deployed, place: Place): TrafficInS3 {
  const athena = new AthenaClient({
    endpoint: portcullis.endpoint,
    region: place.region,
    credentials: { accessKeyId: place.account, secretAccessKey: 'any' },
    maxAttempts: 1,
  });
  const ec2 = portcullis.clients.ec2(place);
  const run = (QueryString: string) =>
    athena.send(new StartQueryExecutionCommand({ QueryString, WorkGroup: 'portcullis' }));
  return {
    async prepare(mostBytes) {
      const results = { OutputLocation: 's3://athena-results-of-example/portcullis/' };
      await athena.send(
        new CreateWorkGroupCommand({
          Name: 'portcullis',
          Configuration: {
            ResultConfiguration: results,
            ...(mostBytes === undefined ? {} : { BytesScannedCutoffPerQuery: mostBytes }),
          },
        }),
      );
      await run(TABLE);
    },

    async openFor(hours, records, { bucket = 'flow-logs-of-example' } = {}) {
      const group = await portcullis.openGroup(place, []);
      await portcullis.runInstance(group, 'web');
      const { NetworkInterfaces = [] } = await ec2.send(
        new DescribeNetworkInterfacesCommand({ Filters: [{ Name: 'group-id', Values: [group.id] }] }),
      );
      const { NetworkInterfaceId: id = '', PrivateIpAddress: address = '' } = NetworkInterfaces[0] ?? {};
      await ec2.send(
        new CreateFlowLogsCommand({
          ResourceType: 'NetworkInterface',
          ResourceIds: [id],
          TrafficType: 'ALL',
          LogDestinationType: 's3',
          LogDestination: `arn:aws:s3:::${bucket}/AWSLogs`,
        }),
      );
      // Times of CloudTrail are to the second.
      await portcullis.clock.advance(2_000);
      await ec2.send(
        new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions: [tcp(22, 22, ANYWHERE)] }),
      );
      const openedAt = portcullis.clock.now();
      await portcullis.clock.advance(hours * HOUR);
      const timed = records.map((record, index) => ({
        ...record,
        at: index === records.length - 1 ? portcullis.clock.now() - 600_000 : openedAt + (index + 1) * 60_000,
      }));
      // VPC writes of an interface every ten minutes, also where there is no traffic: here once a day.
      const quiet = Array.from({ length: records.length > 1 ? Math.floor(hours / 24) : 0 }, (_, day) => ({
        ...{ status: 'NODATA', from: undefined, port: undefined, bytes: undefined, action: undefined },
        at: openedAt + day * 24 * HOUR + HOUR,
      }));
      const values = [...timed, ...quiet].map(({ from, port, bytes, action, status = 'OK', at }) => {
        const seconds = Math.floor(at / 1000);
        const is = from !== undefined;
        return [
          ...['2', place.account, id, from ?? '-', is ? address : '-', is ? '51000' : '-', String(port ?? '-')],
          ...[is ? '6' : '-', is ? '5' : '-', String(bytes ?? '-'), String(seconds), String(seconds + 60)],
          ...[action ?? '-', status, new Date(at).toISOString().slice(0, 10).replaceAll('-', '/')],
        ];
      });
      if (values.length > 0) {
        const rows = values.map((row) => `(${row.map((value) => `'${value}'`).join(', ')})`);
        await run(`INSERT INTO vpc.flow_logs VALUES ${rows.join(', ')}`);
      }
      return group;
    },

    stop: () => {
      athena.destroy();
    },
  };
}
