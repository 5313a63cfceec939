import * as classicSchemas from '@aws-sdk/client-elastic-load-balancing';
import * as schemas from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Service } from '../runtime/operation';
import { Regional } from '../runtime/regional';
import { createClassic, describeClassic, registerInstances } from './classic-operations';
import { bindOperation } from './elb-operation';
import { createElbState } from './elb-state';
import { createListener, createRule, describeListeners } from './listener-operations';
import { createLoadBalancer, describeLoadBalancers } from './load-balancer-operations';
import {
  createTargetGroup,
  deregisterTargets,
  describeTargetGroupAttributes,
  describeTargetGroups,
  describeTargetHealth,
  modifyTargetGroupAttributes,
  registerTargets,
} from './target-group-operations';

/** The name that the API of classic load balancers has here, where AWS distinguishes both by their version. */
const CLASSIC = 'elasticloadbalancing-classic';

/**
 * Elastic Load Balancing: load balancers, target groups and listeners, kept and shown. No packet goes through them.
 * - https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/
 * - https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/
 */
export function createElb(): readonly Service[] {
  const states = new Regional(createElbState);
  return [
    {
      signingName: 'elasticloadbalancing',
      protocol: 'awsQuery',
      schemas,
      versions: { '2012-06-01': CLASSIC },
      operations: {
        CreateListener: bindOperation('CreateListener', createListener, states),
        CreateLoadBalancer: bindOperation('CreateLoadBalancer', createLoadBalancer, states),
        CreateRule: bindOperation('CreateRule', createRule, states),
        CreateTargetGroup: bindOperation('CreateTargetGroup', createTargetGroup, states),
        DeregisterTargets: bindOperation('DeregisterTargets', deregisterTargets, states),
        DescribeListeners: bindOperation('DescribeListeners', describeListeners, states),
        DescribeLoadBalancers: bindOperation('DescribeLoadBalancers', describeLoadBalancers, states),
        DescribeTargetGroupAttributes: bindOperation(
          'DescribeTargetGroupAttributes',
          describeTargetGroupAttributes,
          states,
        ),
        DescribeTargetGroups: bindOperation('DescribeTargetGroups', describeTargetGroups, states),
        DescribeTargetHealth: bindOperation('DescribeTargetHealth', describeTargetHealth, states),
        ModifyTargetGroupAttributes: bindOperation('ModifyTargetGroupAttributes', modifyTargetGroupAttributes, states),
        RegisterTargets: bindOperation('RegisterTargets', registerTargets, states),
      },
    },
    {
      signingName: CLASSIC,
      protocol: 'awsQuery',
      schemas: classicSchemas,
      operations: {
        CreateLoadBalancer: bindOperation('CreateLoadBalancer', createClassic, states),
        DescribeLoadBalancers: bindOperation('DescribeLoadBalancers', describeClassic, states),
        RegisterInstancesWithLoadBalancer: bindOperation(
          'RegisterInstancesWithLoadBalancer',
          registerInstances,
          states,
        ),
      },
    },
  ];
}
