import { pressCustomAction } from '../../../src/cli/scenarios/press';
import { createServices } from '../../../sandbox/create-services';
import { stepText } from '../../cases/case-text';
import { deploy, type Deployed } from '../deployed-portcullis';
import { withNothingAutomatic, withPolicy } from '../edited-settings';
import type { EditDeployed } from '../assembly';
import { type CaseWorld, isClosedAgain } from './played-cases';
import { stageCase, type RuleReading, type StagedCase } from './stage-case';

/** What the console lets a person select at once. */
const SELECTABLE = 20;

/** A row's target and findings after a phase, in the row's words. */
export interface PhaseEnd {
  readonly rules: readonly RuleReading[];
  /** Workflow status of each finding, with the note of one that no remediation took up. */
  readonly findings: readonly string[];
  /** Of the latest remediation that a finding names; `none` without one. */
  readonly outcome: string;
  readonly reason: string;
  readonly steps: readonly string[];
}

export interface PlayedCase {
  readonly before: readonly RuleReading[];
  readonly closed: PhaseEnd;
  readonly undone: PhaseEnd;
  /** Only of a row that {@link isClosedAgain}. */
  readonly closedAgain: PhaseEnd | undefined;
}

/**
 * Deploys Portcullis with the policy of the world, closes and undoes every row, all rows at a time, and closes one row of
 * each kind again.
 */
export async function playWorld(world: CaseWorld): Promise<ReadonlyMap<string, PlayedCase>> {
  const { ruleQuota, networkAclEntryQuota } = world.policy;
  // A policy with a high quota is that of an account that has raised it.
  const quotas = {
    ...(ruleQuota !== undefined && ruleQuota > 60 && { rulesPerGroup: ruleQuota }),
    ...(networkAclEntryQuota !== undefined &&
      networkAclEntryQuota > 20 && { entriesPerNetworkAcl: networkAclEntryQuota }),
  };
  // One process a function: starting them is what takes the time where a policy has a row or two.
  const services = createServices({ ec2: quotas, lambda: { processesPerFunction: 1 } });
  const portcullis = await deploy({ clockMode: 'skipping', edit: configuredFor(world), services });
  try {
    const staged: StagedCase[] = [];
    for (const row of world.rows) staged.push(await stageCase(portcullis, row));
    if (!world.listsAreReadable) {
      await portcullis.misbehave({ kind: 'deny', service: 'ec2', operation: 'GetManagedPrefixListEntries' });
    }
    const before = await Promise.all(staged.map(({ readRules }) => readRules()));
    const closed = await playPhase(portcullis, 'Close ingress', staged);
    const undone = await playPhase(portcullis, 'Undo closing', staged);
    const again = staged.filter(({ row }) => isClosedAgain(row));
    const closedAgain = await playPhase(portcullis, 'Close ingress', again);
    return new Map(
      staged.map((each, index) => [
        each.row.name,
        {
          before: before[index] ?? [],
          closed: at(closed, index),
          undone: at(undone, index),
          closedAgain: closedAgain[again.indexOf(each)],
        },
      ]),
    );
  } finally {
    await portcullis.stop();
  }
}

function at(ends: readonly PhaseEnd[], index: number): PhaseEnd {
  const end = ends[index];
  if (!end) throw new Error('the row was not played');
  return end;
}

/**
 * Nothing is automatic: a target that is closed as soon as its finding arrives would be closed before the table says
 * so.
 */
function configuredFor({ policy }: CaseWorld): EditDeployed {
  return (template, file, assets) => {
    withNothingAutomatic(template, file);
    withPolicy(policy)(template, file, assets);
  };
}

async function playPhase(
  portcullis: Deployed,
  action: string,
  staged: readonly StagedCase[],
): Promise<readonly PhaseEnd[]> {
  const hub = { securityHub: portcullis.clients.securityHub(portcullis.hub), eventBridge: portcullis.clients.events };
  const ids = staged.flatMap(({ findingIds }) => findingIds);
  for (let start = 0; start < ids.length; start += SELECTABLE) {
    await pressCustomAction(hub, action, ids.slice(start, start + SELECTABLE));
  }
  await portcullis.settle();
  const ends: PhaseEnd[] = [];
  for (const each of staged) ends.push(await endOf(portcullis, each));
  return ends;
}

async function endOf(portcullis: Deployed, { findingIds, names, readRules }: StagedCase): Promise<PhaseEnd> {
  const findings = await Promise.all(findingIds.map((id) => portcullis.findingOf(id)));
  const records = await Promise.all(findingIds.map((id) => portcullis.findRecordOf(id)));
  const known = records.flatMap((record) => record ?? []);
  // An undo does not tell findings that stay resolved: the remediation that they name is the closing.
  const latest = known.toSorted((left, right) => right.startedAt.localeCompare(left.startedAt))[0];
  return {
    rules: await readRules(),
    findings: findings.map(({ Workflow, Note }, index) =>
      [Workflow?.Status, ...(records[index] ? [] : [Note?.Text])].join(': '),
    ),
    outcome: latest?.outcome ?? 'none',
    reason: names.in(latest?.reason ?? ''),
    steps: (latest?.runs ?? []).map(({ step }) => names.in(stepText(step))),
  };
}
