import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { toDeploymentNames } from '../../core/configuration/names/deployment-names';
import { DRILL_ID_START } from '../../core/configuration/names/drill-names';
import type { Clock } from '../../flow/ports';
import { clientSettings } from '../client-settings';
import { createCommandsClient } from '../execute-api/commands-client';
import { createLedger } from '../ledger/ledger';
import { sha256 } from '../sha-256';
import { systemClock } from '../system-clock';
import { createDrillAdapters, type DrillAdaptersOptions } from './drill-adapters';

export interface DrillerAdapters {
  readonly clock: Clock;
  readonly sha256: typeof sha256;
  readonly newDrillId: () => string;
  readonly enter: (order: Pick<DrillAdaptersOptions, 'drillId' | 'place'>) => ReturnType<typeof createDrillAdapters>;
}

/**
 * Everything that drills on a schedule speak to but their own execution: the way that somebody at a terminal takes.
 *
 * @param region of the function, which is the aggregation Region
 */
export function createDrillerAdapters(prefix: string, region: string): DrillerAdapters {
  const names = toDeploymentNames(prefix);
  const commands = createCommandsClient({
    ssm: new SSMClient(clientSettings),
    parameter: names.commandsParameter,
    region,
  });
  const ledger = createLedger(new DynamoDBClient(clientSettings), names.ledgerTable);
  return {
    clock: systemClock,
    sha256,
    newDrillId: () => `${DRILL_ID_START}${randomBytes(6).toString('hex')}`,
    enter: (order) => createDrillAdapters({ prefix, hubRegion: region, ...order }, { commands, ledger }),
  };
}
