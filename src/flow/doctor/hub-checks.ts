import type { NamedUnit } from '../../core/configuration/named-units';
import type { DeploymentState } from '../ports';
import type { Check } from './check';
import { checkAlarms } from './check-alarms';
import { checkAutomationRules } from './check-automation-rules';
import { checkChannels } from './check-channels';
import { checkConnector } from './check-connector';
import { checkControls } from './check-controls';
import { checkEndings, type EndingPorts } from './check-endings';
import { checkHub } from './check-hub';
import { checkHubQuotas } from './check-quotas';
import { checkReceivers, type ReceiverPorts } from './check-receivers';
import { checkRollout, type RolloutPorts } from './check-rollout';
import { checkSecurityHub } from './check-security-hub';
import { checkSecurityHubV2 } from './check-security-hub-v2';
import { checkUnits, type UnitPorts } from './check-units';

/** What the checks of the hub read. */
export interface HubPorts extends ReceiverPorts {
  /** The hub's Region, and those that were named. */
  readonly regions: readonly string[];
  /** Reads what automation rules a Region has. */
  readonly rulesIn: (region: string) => Pick<DeploymentState, 'fetchAutomationRules' | 'fetchAutomationRulesV2'>;
  readonly endings: EndingPorts;
  readonly units: UnitPorts;
  readonly rollout: RolloutPorts;
}

export type HubCheck = (ports: HubPorts) => Promise<readonly Check[]>;

/** Everything that is checked from the hub account, in the order in which it is reported; members come after it. */
export const HUB_CHECKS: readonly HubCheck[] = [
  checkSecurityHub,
  checkControls,
  checkSecurityHubV2,
  checkHub,
  checkChannels,
  checkConnector,
  checkAlarms,
  checkReceivers,
  checkThoseOfLedger,
  checkQuotasOfHub,
  checkRulesOfRegions,
  checkNamedUnits,
  checkConfiguredRollout,
];

function checkThoseOfLedger({ endings }: HubPorts): Promise<readonly Check[]> {
  return checkEndings(endings);
}

function checkQuotasOfHub({ deployment, region }: HubPorts): Promise<readonly Check[]> {
  return checkHubQuotas(deployment, region);
}

function checkNamedUnits({ units }: HubPorts): Promise<readonly Check[]> {
  return checkUnits(units);
}

/** Rules of CSPM act in their own Region alone. */
async function checkRulesOfRegions(ports: HubPorts): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const region of ports.regions) {
    checks.push(...(await checkAutomationRules({ ...ports, rulesOf: ports.rulesIn(region), in: region })));
  }
  return checks;
}

/** Only where the deployed configuration has a StackSet bring the member stack into units. */
async function checkConfiguredRollout({ units, rollout }: HubPorts): Promise<readonly Check[]> {
  const named = await units.fetchNamedUnits();
  return named.ok && isRolledOut(named.value) ? checkRollout(rollout, false) : [];
}

function isRolledOut(units: readonly NamedUnit[] = []): boolean {
  return units.some(({ where }) => where.some((key) => key.startsWith('rollout.')));
}
