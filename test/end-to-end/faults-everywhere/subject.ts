import { choose, importFindings } from './findings';
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

export async function prepareSubject(stage: Stage, scenario: Scenario): Promise<Subject> {
  const target = await scenario.prepare(stage);
  const original = await fetchLines(stage, target);
  const originalReach = await fetchReach(stage, target);
  const isAutomatic = scenario.action === undefined;
  const findingIds = isAutomatic ? [] : await importFindings(stage, target, scenario.controls);
  if (scenario.closedBefore) {
    await choose(stage, 'Close ingress', findingIds);
    await drive(stage);
  }
  const before = await fetchTraces(stage, target, findingIds);
  return { scenario, target, findingIds, original, originalReach, before, others: await fetchOthers(stage, target) };
}

/** Sets the scenario off; @returns the findings that it is about. */
export async function setOff(stage: Stage, { scenario, target, findingIds }: Subject): Promise<readonly string[]> {
  if (scenario.action === undefined) return importFindings(stage, target, scenario.controls);
  await choose(stage, scenario.action, findingIds);
  return findingIds;
}

/** Groups are deleted, so that the sandbox stays small. */
export async function removeSubject(stage: Stage, { scenario, target }: Subject): Promise<void> {
  if (target.kind === 'network-acl' || scenario.name === 'empty-default') return;
  await call(stage, target, 'ec2', 'DeleteSecurityGroup', { GroupId: target.id });
}
