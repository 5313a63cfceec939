import * as schemas from '@aws-sdk/client-ec2';
import { createEc2 } from '../../../sandbox/ec2/ec2-service';
import { AwsError } from '../../../sandbox/runtime/aws-error';
import type { CallContext, Operation, Service } from '../../../sandbox/runtime/operation';
import type { Moto } from './moto';

/** Moto asks for no permission to tag in the call that creates. */
export const NOT_ASKED_BY_MOTO = 'ec2:CreateTags';

/**
 * EC2 for the steps of SSM Automation, which the sandbox runs: every call goes to moto, signed with moto's own session
 * of the runbook's role. The sandbox asks for the one permission here that moto does not; moto for the rest.
 */
export function createForeignEc2(moto: Moto): Service {
  const ours = createEc2();
  const operations = Object.entries(ours.operations).map(([name, own]): readonly [string, Operation] => [
    name,
    {
      permissions: (input: never, context) =>
        own.permissions(input, context).filter(({ action }) => action === NOT_ASKED_BY_MOTO),
      handle: (input: object, context) => forward(moto, name, input, context),
    },
  ]);
  return { signingName: 'ec2', protocol: 'ec2Query', schemas, operations: Object.fromEntries(operations) };
}

async function forward(moto: Moto, operation: string, input: object, context: CallContext): Promise<object> {
  const credentials = await moto.twinOf(context.principal, context.world.partition);
  const client = new schemas.EC2Client({ endpoint: moto.endpoint, region: context.region, credentials });
  try {
    const { $metadata: _metadata, ...answer } = await client.send(toCommand(operation, input));
    return answer;
  } catch (error) {
    if (!(error instanceof schemas.EC2ServiceException)) throw error;
    throw new AwsError(error.name, error.message, error.$metadata.httpStatusCode);
  } finally {
    client.destroy();
  }
}

type Command = schemas.RevokeSecurityGroupIngressCommand;

/** The SDK exports one class an operation; which one it is does not matter to the client. */
function toCommand(operation: string, input: object): Command {
  const Found: unknown = Object.entries(schemas).find(([name]) => name === `${operation}Command`)?.[1];
  if (typeof Found !== 'function') throw new Error(`The SDK has no ec2:${operation}`);
  return Reflect.construct(Found, [input]) as Command;
}
