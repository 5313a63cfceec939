import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { STSClient } from '@aws-sdk/client-sts';
import { toDrillNames } from '../../core/configuration/names/drill-names';
import { success } from '../../core/result';
import type { Target } from '../../core/target';
import type { DrilledDeployment, DrillGround } from '../../flow/ports';
import { clientSettings } from '../client-settings';
import { createDrillFindings } from '../drill/drill-findings';
import { createDrillNetwork } from '../drill/drill-network';
import { createDrillRuns } from '../drill/drill-runs';
import { createDrilledDeployment, type DeploymentAccess } from '../drill/drilled-deployment';
import { createTargets } from '../ec2/targets';
import { createHub } from '../security-hub/hub';
import { createMemberFindings } from '../security-hub/member-findings';
import { createMemberAccounts } from '../sts/member-credentials';
import { systemClock } from '../system-clock';

export interface DrillAdaptersOptions {
  readonly prefix: string;
  /** The aggregation Region. */
  readonly hubRegion: string;
  readonly place: Pick<Target, 'partition' | 'account' | 'region'>;
  /** Ends the name of the session, so that the account's CloudTrail names the drill in every call. */
  readonly drillId: string;
}

/** The way of somebody in the hub account into an account for drills, and to the deployment that is drilled. */
export function createDrillAdapters(
  { prefix, hubRegion, place, drillId }: DrillAdaptersOptions,
  { commands, ledger }: Pick<DeploymentAccess, 'commands' | 'ledger'>,
): { readonly ground: DrillGround; readonly deployment: DrilledDeployment } {
  const settings = { ...clientSettings, region: hubRegion };
  const { role } = toDrillNames(prefix);
  const accounts = createMemberAccounts(new STSClient(settings), role, systemClock);
  const targets = createTargets(accounts);
  const findings = createMemberFindings(accounts, drillId);
  const hub = createHub(new SecurityHubClient(settings));
  return {
    ground: {
      async enter() {
        const entered = await accounts.credentialsFor(place, drillId);
        return entered.ok ? success(undefined) : entered;
      },
      observe: (target) => targets.observe(target, drillId),
      fetchAttachments: (target) => targets.fetchAttachments(target, drillId),
      importFinding(finding) {
        const [resource] = finding.Resources;
        const kind = resource?.Type === 'AwsEc2NetworkAcl' ? 'network-acl' : 'security-group';
        return findings.importOwn({ ...place, kind, id: resource?.Id.split('/').at(-1) ?? '' }, [finding]);
      },
      ...createDrillNetwork(accounts, place, drillId),
      ...createDrillRuns(accounts, place, { prefix, role, session: drillId }),
      ...createDrillFindings(accounts, place, drillId),
    },
    deployment: createDrilledDeployment({ commands, hub, ledger }),
  };
}
