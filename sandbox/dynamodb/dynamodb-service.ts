import * as schemas from '@aws-sdk/client-dynamodb';

import type { Service } from '../runtime/operation';
import { Engines } from './engines';
import { createItemOperations } from './item-operations';
import { createProvisioners } from './provisioners';
import { createTableOperations } from './table-operations';
import { createPolicyOperations, TablePolicies } from './table-policies';

/** DynamoDB: dynalite in memory behind the sandbox's own permissions. No transactions, streams or expiry of items. */
export function createDynamodb(): Service {
  const engines = new Engines();
  const policies = new TablePolicies();
  return {
    signingName: 'dynamodb',
    protocol: 'awsJson1_0',
    schemas,
    operations: {
      ...createItemOperations(engines),
      ...createTableOperations(engines),
      ...createPolicyOperations(policies),
    },
    resourcePolicy: (arn) => policies.find(arn),
    provisioners: createProvisioners(engines, policies),
    stop() {
      engines.stop();
      return Promise.resolve();
    },
  };
}
