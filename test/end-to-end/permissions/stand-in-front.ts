import { DescribeNetworkInterfacesCommand } from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  RegisterTargetsCommand,
  type Action,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Deployed, Group } from '../deployed-portcullis';

/** A private interface with the group, which the internet reaches through a load balancer alone. */
export async function standInFront(portcullis: Deployed, group: Group): Promise<void> {
  const NetworkInterfaceIds = [await portcullis.attachInterface(group)];
  const described = await portcullis.clients
    .ec2(group)
    .send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds }));
  const { VpcId, SubnetId = '', PrivateIpAddress: Id } = described.NetworkInterfaces?.[0] ?? {};
  const elb = portcullis.clients.elb(group);
  const balancer = { Name: 'front', Type: 'network' as const, Subnets: [SubnetId] };
  const { LoadBalancers } = await elb.send(new CreateLoadBalancerCommand(balancer));
  const targets = { Name: 'targets', TargetType: 'ip', Protocol: 'TCP', Port: 22, VpcId } as const;
  const { TargetGroups } = await elb.send(new CreateTargetGroupCommand(targets));
  const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn;
  await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id }] }));
  const DefaultActions: Action[] = [{ Type: 'forward', TargetGroupArn }];
  const { LoadBalancerArn } = LoadBalancers?.[0] ?? {};
  await elb.send(new CreateListenerCommand({ LoadBalancerArn, Protocol: 'TCP', Port: 22, DefaultActions }));
}
