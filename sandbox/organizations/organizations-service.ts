import * as schemas from '@aws-sdk/client-organizations';
import type {
  CreateOrganizationalUnitRequest,
  CreateOrganizationalUnitResponse,
  DeleteOrganizationalUnitRequest,
  DescribeAccountRequest,
  DescribeAccountResponse,
  DescribeOrganizationalUnitRequest,
  DescribeOrganizationalUnitResponse,
  ListParentsRequest,
  ListParentsResponse,
  ListRootsResponse,
  MoveAccountRequest,
} from '@aws-sdk/client-organizations';
import { AwsError } from '../runtime/aws-error';
import type { CallContext, Operation, Service } from '../runtime/operation';
import { accountChanged, createMembershipOperations } from './membership-operations';
import { OrganizationTree } from './organization-tree';
import { arnOf, checkCaller, permission } from './organizations-access';

/**
 * Organizations, as the account of the hub sees it: it is both management account and delegated administrator here,
 * where in AWS it is the second alone. The accounts are those of the world: the hub's in the unit Security, the others
 * in Workloads, until somebody moves them.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/
 */
export function createOrganizations(): Service {
  let tree: OrganizationTree | undefined;
  const treeOf = ({ world }: CallContext): OrganizationTree => (tree ??= new OrganizationTree(world));

  const describeAccount: Operation<DescribeAccountRequest, DescribeAccountResponse> = {
    permissions: ({ AccountId = '' }, context) => [permission('DescribeAccount', 'account', AccountId, context)],
    handle: ({ AccountId = '' }, context) => {
      checkCaller(context);
      return { Account: treeOf(context).account(AccountId) };
    },
  };
  const listParents: Operation<ListParentsRequest, ListParentsResponse> = {
    permissions: ({ ChildId = '' }, context) => [
      permission('ListParents', ChildId.startsWith('ou-') ? 'ou' : 'account', ChildId, context),
    ],
    handle: ({ ChildId = '' }, context) => {
      checkCaller(context);
      const [Id] = treeOf(context).above(ChildId);
      if (Id === undefined) throw new AwsError('ChildNotFoundException', `You specified a child that doesn't exist.`);
      return { Parents: [{ Id, Type: Id.startsWith('r-') ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }] };
    },
  };
  const listRoots: Operation<object, ListRootsResponse> = {
    permissions: () => [{ action: 'organizations:ListRoots', resource: '*' }],
    handle: (_input, context) => {
      checkCaller(context);
      const { rootId } = treeOf(context);
      return { Roots: [{ Id: rootId, Name: 'Root', Arn: arnOf('root', rootId, context), PolicyTypes: [] }] };
    },
  };
  const createUnit: Operation<CreateOrganizationalUnitRequest, CreateOrganizationalUnitResponse> = {
    permissions: ({ ParentId = '' }, context) => [
      permission('CreateOrganizationalUnit', ParentId.startsWith('ou-') ? 'ou' : 'root', ParentId, context),
    ],
    handle: ({ ParentId = '', Name = '' }, context) => {
      checkCaller(context);
      const { id } = treeOf(context).addUnit(ParentId, Name, context.world.id('', 8));
      return { OrganizationalUnit: { Id: id, Name, Arn: arnOf('ou', id, context) } };
    },
  };
  const deleteUnit: Operation<DeleteOrganizationalUnitRequest, object> = {
    permissions: ({ OrganizationalUnitId = '' }, context) => [
      permission('DeleteOrganizationalUnit', 'ou', OrganizationalUnitId, context),
    ],
    handle: ({ OrganizationalUnitId = '' }, context) => {
      checkCaller(context);
      treeOf(context).removeUnit(OrganizationalUnitId);
      return {};
    },
  };
  const describeUnit: Operation<DescribeOrganizationalUnitRequest, DescribeOrganizationalUnitResponse> = {
    permissions: ({ OrganizationalUnitId = '' }, context) => [
      permission('DescribeOrganizationalUnit', 'ou', OrganizationalUnitId, context),
    ],
    handle: ({ OrganizationalUnitId: id = '' }, context) => {
      checkCaller(context);
      return {
        OrganizationalUnit: { Id: id, Name: treeOf(context).unit(id).name, Arn: arnOf('ou', id, context) },
      };
    },
  };
  const moveAccount: Operation<MoveAccountRequest, object> = {
    permissions: ({ AccountId = '' }, context) => [permission('MoveAccount', 'account', AccountId, context)],
    handle: ({ AccountId = '', SourceParentId = '', DestinationParentId = '' }, context) => {
      checkCaller(context);
      treeOf(context).move(AccountId, SourceParentId, DestinationParentId);
      context.world.emit(accountChanged, AccountId);
      return {};
    },
  };
  return {
    signingName: 'organizations',
    protocol: 'awsJson1_1',
    schemas,
    operations: {
      CreateOrganizationalUnit: createUnit,
      DeleteOrganizationalUnit: deleteUnit,
      DescribeAccount: describeAccount,
      DescribeOrganizationalUnit: describeUnit,
      ListParents: listParents,
      ListRoots: listRoots,
      MoveAccount: moveAccount,
      ...createMembershipOperations(treeOf),
    },
  };
}
