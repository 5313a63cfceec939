import type { OwnFinding } from '../../core/detection/own-finding';
import { describeOpening, type Opening } from '../../core/drill/drill-control';
import { notShown, shown, type Shown } from '../../core/drill/drill-step';
import { toDrillFinding } from '../../core/drill/to-drill-finding';
import type { Finding } from '../../core/findings/finding';
import type { RemediationRecord } from '../../core/ledger/remediation-record';
import type { Resource } from '../../core/resource';
import { failure, success, type Result } from '../../core/result';
import type { Target } from '../../core/target';
import type { DrillPorts, CommandResult } from '../ports';
import { checkOwn } from './check-own';
import type { DrillOrder } from './order';
import { haveDone } from './have-done';
import { isSame, pollUntil } from './probe-rules';
import { waitFor } from './wait-for';

/**
 * Findings of other Regions "typically" come within five minutes:
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-aggregation.html
 */
const TO_THE_HUB_MILLIS = 10 * 60_000;

/**
 * An update "can take several minutes":
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html
 */
const UPDATE_MILLIS = 5 * 60_000;

/** What waits in the queue for a policy is worked on within minutes. */
const POLICY_MILLIS = 10 * 60_000;

/** What the deployment is to close, and the finding that says so. */
export interface Stage {
  readonly target: Target;
  readonly opening: Opening;
  readonly finding: OwnFinding;
}

/** Opens what the control forbids, on what is attached to nothing. */
export async function openTarget(
  { target, opening }: Pick<Stage, 'target' | 'opening'>,
  order: DrillOrder,
  ports: DrillPorts,
): Promise<Shown<true>> {
  const own = await checkOwn(target, order, ports);
  if (!own.ok) return notShown(own.error.cause);
  const opened = await ports.ground.open(target, opening);
  return opened.ok ? shown(`${target.id}: ${describeOpening(opening)}`, true) : notShown(opened.error.cause);
}

/** Imports the finding in the account that it is about, and waits until the hub has it. */
export async function importFinding(target: Target, order: DrillOrder, ports: DrillPorts): Promise<Shown<OwnFinding>> {
  const finding = toDrillFinding({ ...order, target, at: ports.now().toISOString() });
  const imported = await ports.ground.importFinding(finding);
  if (!imported.ok) return notShown(imported.error.cause);
  const ask = () => ports.deployment.fetchFinding(finding.Id);
  const seen = await waitFor({ ask, isThere: (one) => one !== undefined, patienceMillis: TO_THE_HUB_MILLIS }, ports);
  if (!seen.ok) return notShown(seen.error.cause, 'who drills needs securityhub:GetFindings in the hub account');
  if (seen.value === undefined) {
    return notShown('the hub does not have the finding', 'see aggregation Region and members in `portcullis doctor`');
  }
  return shown(`the hub has it: ${finding.Id}`, finding);
}

/**
 * Has the deployment close it, and checks with the drill's own eyes whether it is closed.
 *
 * @param key distinguishes this closing from the other one
 */
export async function close(
  { target, opening, finding }: Stage,
  { by, key }: { readonly by: DrillOrder['closedBy']; readonly key: string },
  order: DrillOrder,
  ports: DrillPorts,
): Promise<Shown<RemediationRecord>> {
  const own = await checkOwn(target, order, ports);
  if (!own.ok) return notShown(own.error.cause);
  const result = await (by === 'policy'
    ? closedByPolicy(target, ports)
    : haveDone({ command: 'remediate', findingIds: [finding.Id] }, `${order.drillId} ${key}`, ports));
  if (!result.ok) return notShown(result.error);
  // Where the policy closes it by itself, that may have come first: then nothing was left to be done.
  const record = await latest(target, ['close', 'closed'], ports);
  if (!record.ok) return notShown(record.error);
  const { outcome, reason } = result.value;
  if (record.value === undefined) return notShown(`${outcome}: ${reason}`);
  const open = await pollUntil(target, (seen) => holds(seen, opening), false, ports);
  if (!open.ok) return notShown(open.error);
  if (open.value) return notShown(`the deployment says closed, and ${describeOpening(opening)} is open: tell us`);
  const workflow = await workflowOnce(finding, ['RESOLVED'], ports);
  if (!workflow.ok) return notShown(workflow.error);
  if (workflow.value !== 'RESOLVED') return notShown(`closed, and the finding is ${workflow.value}, not RESOLVED`);
  const found = `closed (${record.value.decidedBy}), read back, finding RESOLVED`;
  return { ...shown(found, record.value), times: timesOf(record.value) };
}

async function closedByPolicy(target: Target, ports: DrillPorts): Promise<Result<CommandResult, string>> {
  const isOver = (one: RemediationRecord) => one.action === 'close' && one.finishedAt !== undefined;
  const ask = () => ports.deployment.fetchRemediations(target);
  const records = await waitFor({ ask, isThere: (all) => all.some(isOver), patienceMillis: POLICY_MILLIS }, ports);
  if (!records.ok) return failure(records.error.cause);
  const record = records.value.find(isOver);
  if (record !== undefined) return success({ outcome: record.outcome, reason: record.reason ?? '' });
  return failure(
    'nothing closed it by itself: is the control automatic in portcullis.yaml (see `portcullis policy explain`), ' +
      'and are rule, queue and dead letters well (see `portcullis doctor`)?',
  );
}

/** Has the deployment take the closing back, and checks whether all is as it was. */
export async function undo(
  closing: RemediationRecord,
  { target, opening, finding }: Stage,
  order: DrillOrder,
  ports: DrillPorts,
): Promise<Shown<RemediationRecord>> {
  const own = await checkOwn(target, order, ports);
  if (!own.ok) return notShown(own.error.cause);
  const { remediationId } = closing;
  const result = await haveDone({ command: 'undo', remediationId, confirmed: false }, `${order.drillId} undo`, ports);
  if (!result.ok) return notShown(result.error);
  const { outcome, reason } = result.value;
  const record = await latest(target, ['undo', 'undone'], ports);
  if (!record.ok) return notShown(record.error);
  if (outcome !== 'undone' || record.value === undefined) return notShown(`${outcome}: ${reason}`);
  const open = await pollUntil(target, (seen) => holds(seen, opening), true, ports);
  if (!open.ok) return notShown(open.error);
  if (!open.value)
    return notShown(`the deployment says undone, and ${describeOpening(opening)} is not there as it was`);
  const workflow = await workflowOnce(finding, ['NEW', 'NOTIFIED'], ports);
  if (!workflow.ok) return notShown(workflow.error);
  if (workflow.value === 'RESOLVED') return notShown('undone, and the finding still says RESOLVED');
  const found = `undone, as it was to the last letter, finding ${workflow.value}`;
  return { ...shown(found, record.value), times: timesOf(record.value) };
}

/** The latest that ended so, and was not undone since. */
async function latest(
  target: Target,
  [action, outcome]: readonly [RemediationRecord['action'], RemediationRecord['outcome']],
  { deployment }: DrillPorts,
): Promise<Result<RemediationRecord | undefined, string>> {
  const records = await deployment.fetchRemediations(target);
  if (!records.ok) return failure(records.error.cause);
  const isIt = (one: RemediationRecord) => one.action === action && one.outcome === outcome;
  return success(records.value.find((one) => isIt(one) && one.undoneBy === undefined));
}

function holds(resource: Resource, opening: Opening): boolean {
  if (opening.kind === 'security-group') {
    return resource.kind === 'security-group' && resource.rules.some((rule) => isSame(rule, opening.rule));
  }
  const { RuleNumber, Protocol, CidrBlock, PortRange } = opening.entry;
  return (
    resource.kind === 'network-acl' &&
    resource.entries.some(
      (entry) =>
        !entry.Egress &&
        entry.RuleAction === 'allow' &&
        entry.RuleNumber === RuleNumber &&
        entry.Protocol === Protocol &&
        entry.CidrBlock === CidrBlock &&
        entry.PortRange?.From === PortRange?.From &&
        entry.PortRange?.To === PortRange?.To,
    )
  );
}

/** The workflow status once it is one of these, or the one that it stays. */
async function workflowOnce(
  { Id }: OwnFinding,
  wanted: readonly string[],
  ports: DrillPorts,
): Promise<Result<string, string>> {
  const ask = () => ports.deployment.fetchFinding(Id);
  const isThere = (finding: Finding | undefined) => wanted.includes(finding?.workflow ?? '');
  const found = await waitFor({ ask, isThere, patienceMillis: UPDATE_MILLIS }, ports);
  return found.ok ? success(found.value?.workflow ?? 'gone') : failure(found.error.cause);
}

/** As the ledger has them, by the clock of the functions; nothing of what it does not say. */
function timesOf({ startedAt, finishedAt, runs }: RemediationRecord): Readonly<Record<string, number>> {
  const begun = Date.parse(startedAt);
  const [first] = runs;
  const end = finishedAt === undefined ? undefined : Date.parse(finishedAt);
  return {
    ...(first === undefined ? {} : { decided: Date.parse(first.startedAt) - begun }),
    ...(end === undefined || first === undefined ? {} : { runsAndReadBack: end - Date.parse(first.startedAt) }),
    ...(end === undefined ? {} : { whole: end - begun }),
  };
}
