import { drive } from './drive';
import { fetchLines, fetchOthers, type Line, type Target } from './ec2-snapshot';
import { fetchReach, type Reach } from './find-opened';
import type { Scenario } from './scenario';
import { call, type Stage } from './stage';
import { fetchTraces, type Traces } from './traces';

/** A scenario that stands ready to be set off on a target of its own. */
export interface Subject {
  readonly scenario: Scenario;
  readonly target: Target;
  readonly findingIds: readonly string[];
  /** The target before anybody touched it. */
  readonly original: readonly Line[];
  readonly originalReach: Reach;
  /** Just before the scenario is set off. */
  readonly before: Traces;
  readonly others: ReadonlyMap<string, string>;
}

/**
 * Longer than reads of Security Hub lag: what a person selects has shown before, though not what was done to it since.
 */
const BEFORE_ANYBODY_SELECTS_MILLIS = 10 * 60 * 1000;

export async function prepareSubject(stage: Stage, scenario: Scenario): Promise<Subject> {
  const target = await scenario.prepare(stage);
  const original = await fetchLines(stage, target);
  const originalReach = await fetchReach(stage, target);
  const isAutomatic = scenario.action === undefined;
  const findingIds = isAutomatic ? [] : await importFindings(stage, target, scenario.controls);
  await stage.world.clock.advance(BEFORE_ANYBODY_SELECTS_MILLIS);
  if (scenario.closedBefore) {
    await stage.findings.choose('Close ingress', ...findingIds);
    await drive(stage);
  }
  const before = await fetchTraces(stage, target, findingIds);
  return { scenario, target, findingIds, original, originalReach, before, others: await fetchOthers(stage, target) };
}

/** Sets the scenario off; @returns the findings that it is about. */
export async function setOff(stage: Stage, { scenario, target, findingIds }: Subject): Promise<readonly string[]> {
  if (scenario.action === undefined) return importFindings(stage, target, scenario.controls);
  const { action, alsoChosen } = scenario;
  if (alsoChosen === undefined) await stage.findings.choose(action, ...findingIds);
  else {
    const others = findingIds.slice(-1);
    await stage.findings.choose(action, ...findingIds.slice(0, -1));
    await stage.findings.choose(alsoChosen, ...others);
  }
  return findingIds;
}

/** Groups are deleted, so that the sandbox stays small. */
export async function removeSubject(stage: Stage, { scenario, target }: Subject): Promise<void> {
  if (target.kind === 'network-acl' || scenario.name === 'empty-default') return;
  await call(stage, target, 'ec2', 'DeleteSecurityGroup', { GroupId: target.id });
}

/** @param beginning makes the ids others than those of the scenario's own findings */
export async function importFindings(
  stage: Stage,
  { kind, account, region, id }: Target,
  controls: readonly string[],
  beginning = '',
): Promise<readonly string[]> {
  const resource = { account, region, id, arn: `arn:aws:ec2:${region}:${account}:${kind}/${id}` };
  const ids: string[] = [];
  for (const control of controls) {
    // No finding's id is the beginning of another's.
    const Id = `arn:aws:securityhub:${region}:${account}:security-control/${control}/finding/${beginning}${id}`;
    ids.push(await stage.findings.importFinding(resource, control, { Id }));
  }
  return ids;
}
