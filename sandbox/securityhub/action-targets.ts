import type {
  ActionTarget,
  CreateActionTargetRequest,
  CreateActionTargetResponse,
  DeleteActionTargetRequest,
  DeleteActionTargetResponse,
  DescribeActionTargetsRequest,
  DescribeActionTargetsResponse,
  UpdateActionTargetRequest,
  UpdateActionTargetResponse,
} from '@aws-sdk/client-securityhub';

import { AwsError } from '../runtime/aws-error';
import type { Operation } from '../runtime/operation';
import { Regional } from '../runtime/regional';
import type { World } from '../runtime/world';
import { hubArn } from './hub-arn';
import { invalidInput, notFound } from './securityhub-error';

const MAX_ACTION_TARGETS = 50;

interface Place {
  readonly world: World;
  readonly account: string;
  readonly region: string;
}

/** Custom actions. https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-custom-actions.html */
export class ActionTargets {
  readonly #places = new Regional(() => new Map<string, ActionTarget>());

  /** @throws AwsError InvalidInputException, LimitExceededException, ResourceConflictException */
  create(
    { world, account, region }: Place,
    { Name = '', Description = '', Id = '' }: CreateActionTargetRequest,
  ): string {
    checkTexts(Name, Description);
    if (!/^[A-Za-z0-9]{1,20}$/.test(Id)) throw invalidInput(`Id must be 1 to 20 letters and digits: "${Id}"`);
    const targets = this.#places.at(account, region);
    const ActionTargetArn = `arn:${world.partition}:securityhub:${region}:${account}:action/custom/${Id}`;
    if (targets.has(ActionTargetArn)) {
      throw new AwsError('ResourceConflictException', `Custom action ${Id} already exists.`, 409);
    }
    if (targets.size >= MAX_ACTION_TARGETS) {
      throw new AwsError(
        'LimitExceededException',
        `An account has at most ${MAX_ACTION_TARGETS} custom actions a Region.`,
        429,
      );
    }
    targets.set(ActionTargetArn, { ActionTargetArn, Name, Description });
    return ActionTargetArn;
  }

  /** @throws AwsError InvalidInputException, ResourceNotFoundException */
  update({ account, region }: Place, { ActionTargetArn = '', Name, Description }: UpdateActionTargetRequest): void {
    const targets = this.#places.at(account, region);
    const target = targets.get(ActionTargetArn);
    if (!target) throw notFound(`Custom action ${ActionTargetArn} does not exist.`);
    const changed = {
      ...target,
      ...(Name !== undefined && { Name }),
      ...(Description !== undefined && { Description }),
    };
    checkTexts(changed.Name ?? '', changed.Description ?? '');
    targets.set(ActionTargetArn, changed);
  }

  /** @throws AwsError ResourceNotFoundException */
  delete({ account, region }: Place, arn: string): void {
    if (!this.#places.at(account, region).delete(arn)) throw notFound(`Custom action ${arn} does not exist.`);
  }

  /** @throws AwsError ResourceNotFoundException */
  describe({ account, region }: Place, arns: readonly string[] | undefined): ActionTarget[] {
    const targets = this.#places.at(account, region);
    if (!arns || arns.length === 0) return [...targets.values()];
    return arns.map((arn) => {
      const target = targets.get(arn);
      if (!target) throw notFound(`Custom action ${arn} does not exist.`);
      return target;
    });
  }
}

function checkTexts(name: string, description: string): void {
  if (name.trim() === '' || name.length > 20) throw invalidInput(`Name must have 1 to 20 characters: "${name}"`);
  if (description.trim() === '') throw invalidInput('Description must not be empty');
}

export interface ActionTargetOperations {
  readonly UpdateActionTarget: Operation<UpdateActionTargetRequest, UpdateActionTargetResponse>;
  readonly CreateActionTarget: Operation<CreateActionTargetRequest, CreateActionTargetResponse>;
  readonly DeleteActionTarget: Operation<DeleteActionTargetRequest, DeleteActionTargetResponse>;
  readonly DescribeActionTargets: Operation<DescribeActionTargetsRequest, DescribeActionTargetsResponse>;
}

/**
 * Custom actions of an account and Region. They throw ResourceConflictException, ResourceNotFoundException,
 * LimitExceededException and InvalidInputException.
 */
export function createActionTargetOperations(targets: ActionTargets): ActionTargetOperations {
  return {
    CreateActionTarget: {
      permissions: (_input, context) => [{ action: 'securityhub:CreateActionTarget', resource: hubArn(context) }],
      handle: (input, context) => ({ ActionTargetArn: targets.create(context, input) }),
    },
    UpdateActionTarget: {
      permissions: (_input, context) => [{ action: 'securityhub:UpdateActionTarget', resource: hubArn(context) }],
      handle: (input, context) => {
        targets.update(context, input);
        return {};
      },
    },
    DeleteActionTarget: {
      permissions: (_input, context) => [{ action: 'securityhub:DeleteActionTarget', resource: hubArn(context) }],
      handle: ({ ActionTargetArn = '' }, context) => {
        targets.delete(context, ActionTargetArn);
        return { ActionTargetArn };
      },
    },
    DescribeActionTargets: {
      permissions: (_input, context) => [{ action: 'securityhub:DescribeActionTargets', resource: hubArn(context) }],
      handle: ({ ActionTargetArns }, context) => ({ ActionTargets: targets.describe(context, ActionTargetArns) }),
    },
  };
}
