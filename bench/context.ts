import {
  DescribeSubnetsCommand,
  ModifyVpcBlockPublicAccessOptionsCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
  type Action,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { createServices } from '../sandbox/create-services';
import { callMade, type CallMade } from '../sandbox/runtime/operation';
import { prepareScenario } from '../src/cli/scenarios/prepare-scenario';
import { pressCustomAction } from '../src/cli/scenarios/press';
import { SandboxClients } from '../src/cli/scenarios/sandbox-clients';
import type { Measurement } from './measurement';
import { withDeployment } from './sandbox/deploy-for-bench';

const CONFIGURATION = `
organizationId: o-bench00001
hub: { account: '111111111111', aggregationRegion: eu-central-1 }
members: { primaryRegion: eu-central-1, regions: [eu-central-1] }
ledger: { deletionProtection: false }
`;

/** So many may be made for one remediation, flow logs aside. */
const MOST_CALLS = 12;

/** All of these may go out before the first of them is late. */
const MOST_MILLIS = 20_000;

/** What a closing reads for itself, not for context. */
const OF_THE_TARGET = /^ec2:(DescribeSecurityGroups|DescribeSecurityGroupRules)$/;
const READS = /^(ec2|ssm|cloudtrail|organizations|elasticloadbalancing(-classic)?):(Describe|Lookup)/;

/**
 * Calls and time of what is read around a target for one plain closing, at their most: an instance is attached, and VPC
 * Block Public Access is on, whose exclusions take a call more. Apart from that the calls for a private instance that a
 * load balancer in its VPC sends to.
 *
 * @throws Error when there are more calls than may be made, or none
 */
export function measureContext(): Promise<readonly Measurement[]> {
  return withDeployment(CONFIGURATION, { clockMode: 'skipping', services: createServices() }, async (sandbox) => {
    const { clock, hub, partition, regions } = sandbox.world;
    const clients = new SandboxClients(sandbox.endpoint);
    const place = { account: sandbox.members[0] ?? '', region: regions[0] ?? '' };
    const stage = { clients, partition, say: () => undefined, now: () => clock.now() };
    const ec2 = clients.ec2(place.account, place.region);
    await ec2.send(new ModifyVpcBlockPublicAccessOptionsCommand({ InternetGatewayBlockMode: 'block-ingress' }));
    const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
    const { SubnetId, VpcId } = Subnets[0] ?? {};
    let counted: { readonly operation: string; readonly atMillis: number }[] = [];
    sandbox.world.on(callMade, (payload) => {
      // Published under this name by the runtime only, with this type.
      const { service, operation, call } = payload as CallMade;
      const name = `${service}:${operation}`;
      if (call.principal.kind !== 'role' || !READS.test(name) || OF_THE_TARGET.test(name)) return;
      counted.push({ operation: name, atMillis: performance.now() });
    });
    const close = async (name: string, AssociatePublicIpAddress: boolean, stand?: (id: string) => Promise<void>) => {
      const rules = [{ protocol: 'tcp', from: 22, to: 22, source: '0.0.0.0/0' }];
      const start = { name, ...place, controls: ['EC2.13' as const], rules };
      const { target, findingIds } = await prepareScenario(start, stage);
      const NetworkInterfaces = [{ DeviceIndex: 0, SubnetId, Groups: [target.id], AssociatePublicIpAddress }];
      const { Instances = [] } = await ec2.send(
        new RunInstancesCommand({ ImageId: 'ami-1', MinCount: 1, MaxCount: 1, NetworkInterfaces }),
      );
      await stand?.(Instances[0]?.InstanceId ?? '');
      await clock.idle();
      counted = [];
      const client = {
        securityHub: clients.securityHub(hub.account, hub.region),
        eventBridge: clients.eventBridge(hub.account, hub.region),
      };
      await pressCustomAction(client, 'Close ingress', findingIds);
      await clock.idle();
      process.stderr.write(`bench: context, ${name}: ${counted.map(({ operation }) => operation).join(', ')}\n`);
      return counted;
    };
    // The first one is not counted: functions start for it.
    await close('warm-up', true);
    const plain = await close('counted', true);
    const credentials = { accessKeyId: place.account, secretAccessKey: 'any' };
    const elb = new ElasticLoadBalancingV2Client({ endpoint: sandbox.endpoint, region: place.region, credentials });
    const behind = await close('behind a load balancer', false, (id) => standInFront(elb, id, SubnetId, VpcId));
    elb.destroy();
    const times = plain.map(({ atMillis }) => atMillis);
    const millis = Math.max(...times) - Math.min(...times);
    if (plain.length === 0 || plain.length > MOST_CALLS) {
      throw new Error(`context took ${String(plain.length)} calls: it may take 1 to ${String(MOST_CALLS)}`);
    }
    return [
      {
        name: 'context of one remediation: calls',
        value: plain.length,
        unit: 'calls',
        against: `the most that may be made: ${String(MOST_CALLS)}`,
        ratio: plain.length / MOST_CALLS,
      },
      {
        name: 'context of one remediation: calls, of a private instance behind a load balancer',
        value: behind.length,
        unit: 'calls',
        against: `those without one: ${String(plain.length)}`,
        ratio: behind.length / plain.length,
      },
      {
        name: 'context of one remediation: time from the first call to the last',
        value: millis,
        unit: 'ms',
        against: `what is late after ${String(MOST_MILLIS)} ms is unknown; in the sandbox, without the way to AWS`,
        ratio: millis / MOST_MILLIS,
      },
    ];
  });
}

async function standInFront(elb: ElasticLoadBalancingV2Client, Id: string, SubnetId = '', VpcId = ''): Promise<void> {
  const balancer = { Name: 'front', Type: 'network' as const, Subnets: [SubnetId] };
  const { LoadBalancers } = await elb.send(new CreateLoadBalancerCommand(balancer));
  const group = { Name: 'targets', Protocol: 'TCP' as const, Port: 22, VpcId };
  const { TargetGroups } = await elb.send(new CreateTargetGroupCommand(group));
  const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn;
  await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id }] }));
  const DefaultActions: Action[] = [{ Type: 'forward', TargetGroupArn }];
  const { LoadBalancerArn } = LoadBalancers?.[0] ?? {};
  await elb.send(new CreateListenerCommand({ LoadBalancerArn, Protocol: 'TCP', Port: 22, DefaultActions }));
}
