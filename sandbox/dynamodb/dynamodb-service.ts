import * as schemas from '@aws-sdk/client-dynamodb';

import type { Service } from '../kernel/operation';
import { Engines } from './engines';
import { createItemOperations } from './item-operations';
import { createProvisioners } from './provisioners';
import { createTableOperations } from './table-operations';

/** DynamoDB: dynalite in memory behind the sandbox's own permissions. No transactions, streams or expiry of items. */
export function createDynamodb(): Service {
  const engines = new Engines();
  return {
    signingName: 'dynamodb',
    protocol: 'awsJson1_0',
    schemas,
    operations: { ...createItemOperations(engines), ...createTableOperations(engines) },
    provisioners: createProvisioners(engines),
    stop: () => engines.stop(),
  };
}
