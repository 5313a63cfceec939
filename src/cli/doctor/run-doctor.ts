import { readIsolationDocuments, readRunbookDocuments } from '../../../stacks/runbook-documents';
import type { OperatorAdapters } from '../../aws/adapters/operator-adapters';
import { createDeploymentState } from '../../aws/adapters/deployment-state';
import { createUnitState } from '../../aws/adapters/unit-state';
import { createMemberState } from '../../aws/adapters/member-state';
import { createStackSets } from '../../aws/adapters/stack-sets';
import { toDeploymentNames } from '../../core/configuration/deployment-names';
import { toIsolationNames } from '../../core/configuration/isolation-names';
import type { NamedUnit } from '../../core/configuration/named-units';
import { toRolloutNames } from '../../core/configuration/rollout-names';
import { partitionOf } from '../../core/partition-of';
import type { Check } from '../../flow/doctor/check';
import { unknown } from '../../flow/doctor/check';
import { checkAlarms } from '../../flow/doctor/check-alarms';
import { checkAutomationRules } from '../../flow/doctor/check-automation-rules';
import { checkCaller } from '../../flow/doctor/check-caller';
import { checkChannels } from '../../flow/doctor/check-channels';
import { checkConnector } from '../../flow/doctor/check-connector';
import { checkControls } from '../../flow/doctor/check-controls';
import { checkEndings } from '../../flow/doctor/check-endings';
import { checkHub } from '../../flow/doctor/check-hub';
import { checkInside } from '../../flow/doctor/check-inside';
import { checkIsolation, type IsolationPorts } from '../../flow/doctor/check-isolation';
import { checkMember } from '../../flow/doctor/check-members';
import { checkHubQuotas } from '../../flow/doctor/check-quotas';
import { checkReceivers } from '../../flow/doctor/check-receivers';
import { checkRollout, type RolloutPorts } from '../../flow/doctor/check-rollout';
import { checkSecurityHub } from '../../flow/doctor/check-security-hub';
import { checkUnits, type UnitPorts } from '../../flow/doctor/check-units';
import { checkSecurityHubV2 } from '../../flow/doctor/check-security-hub-v2';
import type { DoctorPorts } from '../../flow/doctor/doctor-ports';
import { visibleJson } from '../../core/visible-json';
import { CouldNotTellError, InputError } from '../cli-error';
import { createOperator, type OperatorOptions } from '../operator/operator';
import { checkRegion } from '../environment-region';
import { plural } from '../plural';
import { colorsFor, printable, printableTexts, type Colors } from '../terminal';
import { fetchNamedUnits } from './fetch-named-units';
import { lookAtReceivers } from './look-at-receivers';
import { probeMember } from './probe-member';
import { fitLines } from '../fit-lines';
import { showWaiting } from '../waiting-line';

export interface RunDoctorOptions extends OperatorOptions {
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  /** The credentials are of a member account: only that is looked into, from inside. */
  readonly member?: true;
  /** The credentials are of the account that the StackSet is made in: only that is looked at. */
  readonly rollout?: true;
  /** Portcullis is to be removed: what would be left for good is looked for, and nothing else. */
  readonly beforeRemoval?: true;
  readonly json?: true;
}

/** So many members are looked into at once: each look is an execution of the orchestrator. */
const MEMBERS_AT_ONCE = 8;

/**
 * Checks a deployment, prints each check as soon as it is known, and says with its exit code whether all is well.
 *
 * @throws InputError for accounts and Regions that are none, or without a Region; Error when something is not well;
 *   CouldNotTellError when something could not be looked at and the rest is well
 */
export async function runDoctor(options: RunDoctorOptions): Promise<void> {
  const { accounts, regions, member, rollout, json } = options;
  refuseNoPlaces(accounts, regions);
  if (member && options.beforeRemoval) {
    throw new InputError('--before-removal: the ledger is in the hub account; leave --member out');
  }
  if (member && accounts !== undefined) {
    throw new InputError('--accounts: with --member it is the account that the credentials are of; leave it out');
  }
  if (rollout && (member || accounts !== undefined || regions !== undefined)) {
    throw new InputError('--rollout looks at the StackSet alone: leave --member, --accounts and --regions out');
  }
  const operator = await createOperator(options);
  const found: Check[] = [];
  const colors = colorsFor(process.stdout);
  const wait = () => showWaiting(`looking, ${plural(found.length, 'check')} made`, { ...(json && { json }) });
  let stopWaiting = wait();
  const tell: Tell = (checks) => {
    stopWaiting();
    found.push(...checks);
    for (const check of checks) {
      process.stdout.write(json ? `${visibleJson(check)}\n` : fitLines(render(check, colors)));
    }
    stopWaiting = wait();
  };
  try {
    await look(options, operator, tell);
  } finally {
    stopWaiting();
  }
  throwUnlessWell(found);
}

type Tell = (checks: readonly Check[]) => void;

async function look(options: RunDoctorOptions, operator: OperatorAdapters, tell: Tell): Promise<void> {
  const { region } = operator;
  const deployment = createDeploymentState(region);
  const caller = await deployment.fetchCaller();
  if (!caller.ok) {
    tell([unknown('credentials', caller.error)]);
    throw new CouldNotTellError(
      `nothing can be looked at without credentials; set AWS_PROFILE, or \`aws sso login\`. ${caller.error.cause}`,
    );
  }
  tell(checkCaller(caller.value, region));
  const { regions } = options;
  if (options.member) {
    const { account } = caller.value;
    for (const each of regions ?? [region]) tell(await lookInside(account, each, options.prefix));
    tell(await checkIsolation(isolationPorts(account, regions ?? [region], options.prefix)));
    return;
  }
  if (options.rollout) {
    tell(await checkRollout(rolloutPorts(region, options.prefix), true));
    return;
  }
  const { ledger, questions } = operator;
  const isBeforeRemoval = options.beforeRemoval === true;
  const endings = checkEndings({ ledger, questions, now: new Date(), region, isBeforeRemoval });
  if (isBeforeRemoval) {
    tell(await endings);
    return;
  }
  const ports: DoctorPorts = {
    deployment,
    prefix: options.prefix,
    names: toDeploymentNames(options.prefix),
    region,
    partition: partitionOf(region),
    account: caller.value.account,
    probeMember: (target) => probeMember(target, operator),
  };
  tell(await checkSecurityHub(ports));
  tell([await checkControls(ports)]);
  for (const check of [checkSecurityHubV2, checkHub, checkChannels, checkConnector, checkAlarms])
    tell(await check(ports));
  tell(await checkReceivers({ ...ports, lookAtReceivers: () => lookAtReceivers(operator) }));
  tell(await endings);
  tell(await checkHubQuotas(deployment, region));
  // Rules of CSPM act in their own Region alone.
  for (const each of new Set([region, ...(regions ?? [])])) {
    tell(await checkAutomationRules({ ...ports, rulesOf: createDeploymentState(each), in: each }));
  }
  const named = await fetchNamedUnits(operator);
  tell(await checkUnits(unitPorts(ports, named)));
  if (named.ok && isRolledOut(named.value)) tell(await checkRollout(rolloutPorts(region, options.prefix), false));
  await inMembers(await placesOf(options, ports), async (place) => {
    tell([await checkMember(place.account, place.region, ports)]);
  });
}

/** Whether the deployed configuration has a StackSet bring the member stack into units. */
function isRolledOut(units: readonly NamedUnit[] = []): boolean {
  return units.some(({ where }) => where.some((key) => key.startsWith('rollout.')));
}

function rolloutPorts(region: string, prefix: string): RolloutPorts {
  const { stack, stackSet } = toRolloutNames(prefix);
  const names = { member: stackSet, isolation: toIsolationNames(prefix).stackSet };
  return { stackSets: createStackSets(region), names, stack };
}

function unitPorts(
  { account, names }: DoctorPorts,
  named: Awaited<ReturnType<UnitPorts['fetchNamedUnits']>>,
): UnitPorts {
  return {
    fetchNamedUnits: () => Promise.resolve(named),
    unitExists: createUnitState(account),
    stack: names.stacks.hub,
  };
}

function lookInside(account: string, region: string, prefix: string): Promise<readonly Check[]> {
  const names = toDeploymentNames(prefix);
  return checkInside({
    member: createMemberState(account, region),
    prefix,
    names,
    region,
    documents: readRunbookDocuments(),
  });
}

function isolationPorts(account: string, regions: readonly string[], prefix: string): IsolationPorts {
  return {
    members: regions.map((region) => ({ region, member: createMemberState(account, region) })),
    prefix,
    documents: readIsolationDocuments(),
    stack: toIsolationNames(prefix).stack,
  };
}

type List = readonly string[] | undefined;

interface Place {
  readonly account: string;
  readonly region: string;
}

/** Of all that Security Hub administers, where nobody has named any. */
async function placesOf(
  { accounts, regions }: { readonly accounts?: List; readonly regions?: List },
  { deployment, account: hub, region: hubRegion }: DoctorPorts,
): Promise<readonly Place[]> {
  const members = accounts === undefined ? await deployment.fetchMembers() : undefined;
  const all = accounts ?? [...new Set([hub, ...(members?.ok === true ? members.value : [])])];
  return all.flatMap((account) => (regions ?? [hubRegion]).map((region) => ({ account, region })));
}

async function inMembers(places: readonly Place[], look: (place: Place) => Promise<void>): Promise<void> {
  const waiting = [...places];
  const work = async (): Promise<void> => {
    for (let place = waiting.shift(); place !== undefined; place = waiting.shift()) await look(place);
  };
  await Promise.all(Array.from({ length: Math.min(MEMBERS_AT_ONCE, places.length) }, work));
}

const LABELS: Readonly<Record<Check['status'], string>> = { ok: 'ok     ', failed: 'FAILED ', unknown: 'unknown' };

function render(check: Check, colors: Colors): string {
  const { check: name, status, found, fix } = printableTexts(check);
  const color = { ok: colors.green, failed: colors.red, unknown: colors.yellow }[status];
  const toDo = fix === '' ? '' : `\n          fix: ${fix}`;
  return `${color(LABELS[status])} ${name}: ${found}${toDo}\n`;
}

function throwUnlessWell(checks: readonly Check[]): void {
  const failing = checks.filter(({ status }) => status === 'failed');
  const unclear = checks.filter(({ status }) => status === 'unknown');
  const names = [...failing, ...unclear].map(({ check }) => printable(check)).join(', ');
  const of = `of ${plural(checks.length, 'check')}`;
  if (failing.length > 0) throw new Error(`${String(failing.length)} ${of} failed: ${names}`);
  if (unclear.length > 0) throw new CouldNotTellError(`${String(unclear.length)} ${of} could not be made: ${names}`);
}

function refuseNoPlaces(accounts: List, regions: List): void {
  const noAccount = accounts?.find((account) => !/^\d{12}$/.test(account));
  if (noAccount !== undefined) throw new InputError(`--accounts: "${noAccount}" is no account id; it has 12 digits`);
  for (const region of regions ?? []) checkRegion(region, '--regions');
}
