import type {
  DeleteResourcePolicyInput,
  DeleteResourcePolicyOutput,
  GetResourcePolicyInput,
  GetResourcePolicyOutput,
  PutResourcePolicyInput,
  PutResourcePolicyOutput,
} from '@aws-sdk/client-dynamodb';

import { parsePolicy } from '../iam/parse-policy';
import { AwsError } from '../runtime/aws-error';
import type { Operation, PolicyDocument, RequiredPermission } from '../runtime/operation';

/** Resource-based policies of tables, by the table's ARN. */
export class TablePolicies {
  readonly #policies = new Map<string, PolicyDocument>();

  /** @throws AwsError MalformedPolicyDocument */
  put(tableArn: string, document: unknown): void {
    this.#policies.set(tableArn, parsePolicy(document));
  }

  find(tableArn: string): PolicyDocument | undefined {
    return this.#policies.get(tableArn);
  }

  delete(tableArn: string): void {
    this.#policies.delete(tableArn);
  }
}

export interface PolicyOperations {
  readonly PutResourcePolicy: Operation<PutResourcePolicyInput, PutResourcePolicyOutput>;
  readonly GetResourcePolicy: Operation<GetResourcePolicyInput, GetResourcePolicyOutput>;
  readonly DeleteResourcePolicy: Operation<DeleteResourcePolicyInput, DeleteResourcePolicyOutput>;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/access-control-resource-based.html */
export function createPolicyOperations(policies: TablePolicies): PolicyOperations {
  return {
    PutResourcePolicy: {
      permissions: onTable('PutResourcePolicy'),
      handle: ({ ResourceArn = '', Policy = '' }, { world }) => {
        policies.put(ResourceArn, Policy);
        return { RevisionId: world.uuid() };
      },
    },
    GetResourcePolicy: {
      permissions: onTable('GetResourcePolicy'),
      handle: ({ ResourceArn = '' }) => {
        const policy = policies.find(ResourceArn);
        if (policy) return { Policy: JSON.stringify(policy), RevisionId: '1' };
        throw new AwsError('PolicyNotFoundException', `Resource-based policy not found for ${ResourceArn}`);
      },
    },
    DeleteResourcePolicy: {
      permissions: onTable('DeleteResourcePolicy'),
      handle: ({ ResourceArn = '' }) => {
        policies.delete(ResourceArn);
        return {};
      },
    },
  };
}

function onTable(action: string) {
  return ({ ResourceArn = '' }: { readonly ResourceArn: string | undefined }): RequiredPermission[] => [
    { action: `dynamodb:${action}`, resource: ResourceArn },
  ];
}
