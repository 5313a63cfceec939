import {
  DeleteResourcePolicyCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-dynamodb';
import type { Clients } from './clients';
import type { ArnOf, Place } from './place';

/**
 * Lets an administrator write the ledger, as docs/operations.md says: the table's own policy goes, and comes back when
 * that is done.
 */
export function createBreakGlass({ dynamoDb }: Clients, arnOf: ArnOf, hub: Place, table = 'Portcullis-Ledger') {
  const ResourceArn = arnOf('dynamodb', hub, `table/${table}`);
  return async <Answer>(write: () => Promise<Answer>): Promise<Answer> => {
    const { Policy } = await dynamoDb.send(new GetResourcePolicyCommand({ ResourceArn }));
    await dynamoDb.send(new DeleteResourcePolicyCommand({ ResourceArn }));
    try {
      return await write();
    } finally {
      await dynamoDb.send(new PutResourcePolicyCommand({ ResourceArn, Policy }));
    }
  };
}
