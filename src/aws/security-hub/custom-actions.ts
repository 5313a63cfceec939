import {
  CreateActionTargetCommand,
  DeleteActionTargetCommand,
  DescribeActionTargetsCommand,
  UpdateActionTargetCommand,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { success } from '../../core/result';
import type { CustomActions } from '../../flow/ports';
import { attempt } from '../aws-failure';

/** How Security Hub answers every call where it is not enabled; there are no custom actions then. */
const NOT_ENABLED = /InvalidAccessException: .*\bnot subscribed to AWS Security Hub/;

/**
 * Custom actions by Security Hub's API, which knows them in every Region, other than CloudFormation.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_CreateActionTarget.html
 */
export function createCustomActions(client: SecurityHubClient): CustomActions {
  return {
    async find(arn) {
      const described = await attempt(`Custom action ${arn} cannot be read`, () =>
        client.send(new DescribeActionTargetsCommand({ ActionTargetArns: [arn] })),
      );
      if (!described.ok) {
        const { code, cause } = described.error;
        return code === 'not-found' || NOT_ENABLED.test(cause) ? success(undefined) : described;
      }
      const found = described.value.ActionTargets?.find(({ ActionTargetArn }) => ActionTargetArn === arn);
      return success(found && { name: found.Name ?? '', description: found.Description ?? '' });
    },

    async create({ id, name, description }) {
      const created = await attempt(`Custom action ${id} cannot be created`, () =>
        client.send(new CreateActionTargetCommand({ Id: id, Name: name, Description: description })),
      );
      return created.ok ? success(undefined) : created;
    },

    async update(arn, { name, description }) {
      const updated = await attempt(`Custom action ${arn} cannot be updated`, () =>
        client.send(new UpdateActionTargetCommand({ ActionTargetArn: arn, Name: name, Description: description })),
      );
      return updated.ok ? success(undefined) : updated;
    },

    async delete(arn) {
      const deleted = await attempt(`Custom action ${arn} cannot be deleted`, () =>
        client.send(new DeleteActionTargetCommand({ ActionTargetArn: arn })),
      );
      return deleted.ok ? success(undefined) : deleted;
    },
  };
}
