import type {
  CloseAccountRequest,
  CreateAccountRequest,
  CreateAccountResponse,
  DescribeCreateAccountStatusRequest,
  DescribeCreateAccountStatusResponse,
  ListAccountsForParentRequest,
  ListAccountsForParentResponse,
  ListAccountsResponse,
  ListDelegatedAdministratorsResponse,
  ListOrganizationalUnitsForParentRequest,
  ListOrganizationalUnitsForParentResponse,
  RegisterDelegatedAdministratorRequest,
  RemoveAccountFromOrganizationRequest,
} from '@aws-sdk/client-organizations';
import { AwsError } from '../runtime/aws-error';
import type { CallContext, Operation } from '../runtime/operation';
import type { OrganizationTree } from './organization-tree';
import { arnOf, checkCaller, permission } from './organizations-access';

/** The world's signal that an account came, went, moved or was closed; the payload is its id. */
export const accountChanged = 'organizations:account-changed';

/**
 * Accounts that come and go, and who may administer them. Everything is done when it is answered, but that creating an
 * account is asked about as in AWS.
 */
export function createMembershipOperations(
  treeOf: (context: CallContext) => OrganizationTree,
): Readonly<Record<string, Operation>> {
  const administrators = new Set<string>();

  const createAccount: Operation<CreateAccountRequest, CreateAccountResponse> = {
    permissions: () => [{ action: 'organizations:CreateAccount', resource: '*' }],
    handle: ({ AccountName }, context) => {
      checkCaller(context);
      const id = nextAccount(context.world.accounts);
      treeOf(context).addAccount(id);
      context.world.emit(accountChanged, id);
      return { CreateAccountStatus: { Id: `car-${id}`, AccountName, State: 'IN_PROGRESS' } };
    },
  };
  const describeCreation: Operation<DescribeCreateAccountStatusRequest, DescribeCreateAccountStatusResponse> = {
    permissions: () => [{ action: 'organizations:DescribeCreateAccountStatus', resource: '*' }],
    handle: ({ CreateAccountRequestId: Id = '' }, context) => {
      checkCaller(context);
      const AccountId = Id.replace(/^car-/, '');
      treeOf(context).account(AccountId);
      return { CreateAccountStatus: { Id, State: 'SUCCEEDED', AccountId } };
    },
  };
  const closeAccount: Operation<CloseAccountRequest, object> = {
    permissions: ({ AccountId = '' }, context) => [permission('CloseAccount', 'account', AccountId, context)],
    handle: ({ AccountId = '' }, context) => {
      checkCaller(context);
      treeOf(context).close(AccountId);
      context.world.emit(accountChanged, AccountId);
      return {};
    },
  };
  const removeAccount: Operation<RemoveAccountFromOrganizationRequest, object> = {
    permissions: ({ AccountId = '' }, context) => [
      permission('RemoveAccountFromOrganization', 'account', AccountId, context),
    ],
    handle: ({ AccountId = '' }, context) => {
      checkCaller(context);
      treeOf(context).remove(AccountId);
      context.world.emit(accountChanged, AccountId);
      return {};
    },
  };
  const listAccounts: Operation<object, ListAccountsResponse> = {
    permissions: () => [{ action: 'organizations:ListAccounts', resource: '*' }],
    handle: (_input, context) => {
      checkCaller(context);
      const tree = treeOf(context);
      return { Accounts: tree.accounts().map((id) => tree.account(id)) };
    },
  };
  const listAccountsBelow: Operation<ListAccountsForParentRequest, ListAccountsForParentResponse> = {
    permissions: () => [{ action: 'organizations:ListAccountsForParent', resource: '*' }],
    handle: ({ ParentId = '' }, context) => {
      checkCaller(context);
      const tree = treeOf(context);
      return { Accounts: tree.below(ParentId).accounts.map((id) => tree.account(id)) };
    },
  };
  const listUnitsBelow: Operation<ListOrganizationalUnitsForParentRequest, ListOrganizationalUnitsForParentResponse> = {
    permissions: () => [{ action: 'organizations:ListOrganizationalUnitsForParent', resource: '*' }],
    handle: ({ ParentId = '' }, context) => {
      checkCaller(context);
      const tree = treeOf(context);
      const toUnit = (Id: string) => ({ Id, Name: tree.unit(Id).name, Arn: arnOf('ou', Id, context) });
      return { OrganizationalUnits: tree.below(ParentId).units.map(toUnit) };
    },
  };
  const register: Operation<RegisterDelegatedAdministratorRequest, object> = {
    permissions: ({ AccountId = '' }, context) => [
      permission('RegisterDelegatedAdministrator', 'account', AccountId, context),
    ],
    handle: ({ AccountId = '', ServicePrincipal = '' }, context) => {
      checkCaller(context);
      treeOf(context).account(AccountId);
      administrators.add(`${ServicePrincipal} ${AccountId}`);
      return {};
    },
  };
  const listAdministrators: Operation<{ ServicePrincipal?: string }, ListDelegatedAdministratorsResponse> = {
    permissions: () => [{ action: 'organizations:ListDelegatedAdministrators', resource: '*' }],
    handle: ({ ServicePrincipal = '' }, context) => {
      checkCaller(context);
      const of = [...administrators].filter((each) => each.startsWith(`${ServicePrincipal} `));
      const tree = treeOf(context);
      return { DelegatedAdministrators: of.map((each) => tree.account(each.split(' ')[1] ?? '')) };
    },
  };
  return {
    CloseAccount: closeAccount,
    CreateAccount: createAccount,
    DescribeCreateAccountStatus: describeCreation,
    ListAccounts: listAccounts,
    ListAccountsForParent: listAccountsBelow,
    ListDelegatedAdministrators: listAdministrators,
    ListOrganizationalUnitsForParent: listUnitsBelow,
    RegisterDelegatedAdministrator: register,
    RemoveAccountFromOrganization: removeAccount,
  };
}

/** 555555555555, and so on: easily distinguished. */
function nextAccount(known: readonly string[]): string {
  for (let digit = 5; digit <= 9; digit++) {
    const id = String(digit).repeat(12);
    if (!known.includes(id)) return id;
  }
  const id = Math.max(100_000_000_000, ...known.map(Number).filter((each) => each < 111_111_111_111)) + 1;
  if (id < 111_111_111_111) return String(id);
  throw new AwsError('ConstraintViolationException', 'The sandbox makes no more accounts.');
}
