import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import type {
  Clock,
  ControlParameters,
  Inventory,
  Rechecks,
  MemberAccountList,
  MemberVersions,
  PlaceFindings,
  SweepEvents,
  Sweeps,
} from '../../flow/ports';
import { clientSettings } from '../client-settings';
import { createDomainEvents } from '../event-bridge/domain-events';
import { createInventory } from '../ec2/inventory';
import { createLedgerSweeps } from '../ledger/ledger-sweeps';
import { createControlParameters } from '../security-hub/control-parameters';
import { createMemberAccountList } from '../security-hub/member-account-list';
import { createPlaceFindings } from '../security-hub/place-findings';
import { createRechecks } from '../sqs/rechecks';
import { createMemberVersions } from '../ssm/member-versions';
import { createMemberAccounts } from '../sts/member-credentials';
import { createMemberSessions } from '../sts/member-sessions';
import { systemClock } from '../system-clock';

export interface SweeperResources {
  readonly ledgerTable: string;
  readonly busName: string;
  /** Missing where single targets are not re-checked. */
  readonly recheckQueue?: string;
  /** Name of the role in members that reads targets. */
  readonly memberRole: string;
  readonly prefix: string;
  /** Of the member stack that goes with this hub. */
  readonly memberVersion: string;
}

export interface SweeperAdapters {
  readonly accounts: MemberAccountList;
  readonly clock: Clock;
  readonly events: SweepEvents;
  readonly findings: PlaceFindings;
  readonly inventory: Inventory;
  readonly rechecks?: Rechecks;
  readonly memberVersions: MemberVersions;
  readonly parameters: ControlParameters;
  readonly sweeps: Sweeps;
}

/** Everything that the sweeper speaks to but its own execution; made once for each function container. */
export function createSweeperAdapters({
  ledgerTable,
  memberRole,
  prefix,
  memberVersion,
  busName,
  recheckQueue,
}: SweeperResources): SweeperAdapters {
  const sts = new STSClient(clientSettings);
  const newAccounts = () => createMemberAccounts(sts, memberRole, systemClock);
  const sessions = createMemberSessions(newAccounts);
  return {
    accounts: createMemberAccountList(new SecurityHubClient(clientSettings)),
    clock: systemClock,
    events: createDomainEvents(new EventBridgeClient(clientSettings), busName),
    findings: createPlaceFindings(sessions),
    inventory: createInventory(sessions),
    // Places are read beside each other, and each of these keeps one session.
    memberVersions: {
      describeOther: (place, session) =>
        createMemberVersions(newAccounts(), { prefix, memberVersion }).describeOther(place, session),
    },
    parameters: createControlParameters(sessions),
    ...(recheckQueue === undefined ? {} : { rechecks: createRechecks(new SQSClient(clientSettings), recheckQueue) }),
    sweeps: createLedgerSweeps(new DynamoDBClient(clientSettings), ledgerTable, () => systemClock.now()),
  };
}
