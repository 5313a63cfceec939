import type {
  DescribeStackInstanceInput,
  DescribeStackInstanceOutput,
  DescribeStackSetInput,
  DescribeStackSetOutput,
  ListStackInstancesInput,
  ListStackInstancesOutput,
  ListStackSetsOutput,
  StackInstance as StackInstanceShape,
} from '@aws-sdk/client-cloudformation';
import { AwsError } from '../../runtime/aws-error';
import type { CallContext, Operation } from '../../runtime/operation';
import type { World } from '../../runtime/world';
import type { StackInstance, StackSet } from './stack-set';
import type { StackSets } from './stack-sets';

/** What administrators of an organization see of its StackSets. Nothing is changed by these calls. */
export function createStackSetOperations(
  setsOf: (world: World) => StackSets,
  administratorsIn: (world: World) => Promise<readonly string[]>,
): Readonly<Record<string, Operation>> {
  const setOf = async (input: AskedSet, context: CallContext) => {
    await checkAdministrator(input, context, administratorsIn);
    return setsOf(context.world).get(context.region, input.StackSetName ?? '');
  };
  const needs = (action: string) => (input: { readonly StackSetName?: string | undefined }, context: CallContext) => {
    const { world, region, account } = context;
    const arn = `arn:${world.partition}:cloudformation:${region}:${account}:stackset`;
    const resource = `${arn}/${input.StackSetName ?? ''}:*`;
    return [{ action: `cloudformation:${action}`, resource }];
  };

  const describe: Operation<DescribeStackSetInput, DescribeStackSetOutput> = {
    permissions: needs('DescribeStackSet'),
    handle: async (input, context) => ({ StackSet: describeSet(await setOf(input, context)) }),
  };
  const list: Operation<object, ListStackSetsOutput> = {
    permissions: () => [{ action: 'cloudformation:ListStackSets', resource: '*' }],
    handle: (_input, { world, region }) => ({ Summaries: setsOf(world).list(region).map(describeSet) }),
  };
  const listInstances: Operation<ListStackInstancesInput, ListStackInstancesOutput> = {
    permissions: needs('ListStackInstances'),
    handle: async (input, context) => {
      const set = await setOf(input, context);
      const wanted = (instance: StackInstance) =>
        (input.StackInstanceAccount === undefined || input.StackInstanceAccount === instance.account) &&
        (input.StackInstanceRegion === undefined || input.StackInstanceRegion === instance.region) &&
        (input.Filters ?? []).every(({ Name, Values = '' }) => {
          if (Name === 'DETAILED_STATUS') return Values.split(',').includes(instance.detailedStatus);
          throw new AwsError('ValidationError', `The sandbox filters by DETAILED_STATUS only, not by ${String(Name)}`);
        });
      return { Summaries: [...set.instances.values()].filter(wanted).map((each) => describeInstance(set, each)) };
    },
  };
  const describeOne: Operation<DescribeStackInstanceInput, DescribeStackInstanceOutput> = {
    permissions: needs('DescribeStackInstance'),
    handle: async (input, context) => {
      const set = await setOf(input, context);
      const key = `${input.StackInstanceAccount ?? ''}/${input.StackInstanceRegion ?? ''}`;
      const instance = set.instances.get(key);
      if (instance) return { StackInstance: describeInstance(set, instance) };
      throw new AwsError('StackInstanceNotFoundException', `StackSet ${set.name} has no stack instance ${key}`, 404);
    },
  };
  return {
    DescribeStackInstance: describeOne,
    DescribeStackSet: describe,
    ListStackInstances: listInstances,
    ListStackSets: list,
  };
}

interface AskedSet {
  readonly StackSetName?: string | undefined;
  readonly CallAs?: string | undefined;
}

/**
 * All sets here are the organization's: its management account sees them, and delegated administrators who say that
 * they are. To whoever asks as itself a set of the organization is none.
 *
 * @throws AwsError
 */
async function checkAdministrator(
  { StackSetName = '', CallAs = 'SELF' }: AskedSet,
  { world, account }: CallContext,
  administratorsIn: (world: World) => Promise<readonly string[]>,
): Promise<void> {
  if (account === world.hub.account) return;
  if (CallAs === 'SELF') throw new AwsError('StackSetNotFoundException', `StackSet ${StackSetName} not found`, 404);
  if ((await administratorsIn(world)).includes(account)) return;
  throw new AwsError('ValidationError', 'Account used is not a delegated administrator');
}

function describeSet(set: StackSet) {
  return {
    StackSetName: set.name,
    StackSetId: set.id,
    ...(set.description === undefined ? {} : { Description: set.description }),
    Status: 'ACTIVE' as const,
    PermissionModel: 'SERVICE_MANAGED' as const,
    TemplateBody: set.templateBody,
    Capabilities: [...set.capabilities] as ('CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM')[],
    AutoDeployment: {
      Enabled: set.autoDeployment.enabled,
      RetainStacksOnAccountRemoval: set.autoDeployment.retainsStacks,
    },
    ManagedExecution: { Active: set.isManagedExecution },
    OrganizationalUnitIds: [...set.units],
    Regions: [...set.regions],
  };
}

function describeInstance(set: StackSet, instance: StackInstance): StackInstanceShape {
  return {
    StackSetId: set.id,
    Account: instance.account,
    Region: instance.region,
    OrganizationalUnitId: instance.unit,
    Status: instance.status,
    StackInstanceStatus: { DetailedStatus: instance.detailedStatus },
    ...(instance.reason === undefined ? {} : { StatusReason: instance.reason }),
    ...(instance.stackId === undefined ? {} : { StackId: instance.stackId }),
  };
}
