import { call, type Stage } from './stage';
import type { Subject } from './subject';
import { fetchTraces, type Traces } from './traces';
import type { Violation } from './violations';

/**
 * What a replaced document did beyond the plan is not ours to prevent: it is to be said on a finding with the way out,
 * and the account is to be held.
 */
export async function findUnsaid(
  stage: Stage,
  { target }: Subject,
  findingIds: readonly string[],
  stray: readonly Violation[],
  isLater: boolean,
): Promise<Violation[]> {
  if (stray.length === 0) return [];
  const elsewhere = stray.filter(({ detail }) => detail.startsWith('another resource'));
  const { findings, records } = await fetchTraces(stage, target, findingIds);
  // The answer to who asks later takes the place of the note; the record stays.
  const isSaid =
    findings.some(isToldWithTheWayOut) || (isLater && records.some(({ outcome }) => outcome === 'not-verified'));
  const isHeld = await isAccountHeld(stage, target.account);
  if (isSaid && isHeld) return elsewhere;
  const notified = findings.map(({ workflow, outcome, note }) => `${workflow} ${outcome}: ${note}`).join(' | ');
  const how = `${isSaid ? 'said' : 'not said'}, ${isHeld ? 'held' : 'not held'}`;
  return stray.map(({ kind, detail }) => ({ kind, detail: `${detail} (${how}; ${notified})` }));
}

function isToldWithTheWayOut({ workflow, outcome, note }: Traces['findings'][number]): boolean {
  return workflow === 'NOTIFIED' && outcome === 'not-verified' && /in no plan.*portcullis brake release/s.test(note);
}

async function isAccountHeld(stage: Stage, account: string): Promise<boolean> {
  const { Item } = await call<{ readonly Item?: object }>(stage, stage.hub, 'dynamodb', 'GetItem', {
    TableName: 'Portcullis-Ledger',
    Key: { pk: { S: 'BRAKE' }, sk: { S: `ACCOUNT#${account}` } },
    ConsistentRead: true,
  });
  return Item !== undefined;
}
