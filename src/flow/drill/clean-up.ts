import { notShown, shown, type Shown } from '../../core/drill/drill-step';
import { parseDrillFindingId, toDrillFinding, toEnded } from '../../core/drill/to-drill-finding';
import { targetKey } from '../../core/target';
import type { DrillPorts, Made } from '../ports';
import { checkOwn } from './check-own';
import type { DrillOrder } from './order';

/**
 * Removes what drills have made, found by its tag and not by what anybody remembers, and archives their findings. What
 * somebody has attached to something stays, and is named.
 *
 * @param drillId of one drill; undefined: of any
 */
export async function cleanUp(
  { made, place, drillId }: Pick<DrillOrder, 'made' | 'place'> & { readonly drillId?: string },
  ports: Pick<DrillPorts, 'ground' | 'now'>,
): Promise<Shown> {
  const { ground } = ports;
  const found = await ground.findMade(drillId);
  if (!found.ok) return notShown(found.error.cause, cleanCommand(place));
  const left: string[] = [];
  let removed = 0;
  for (const one of found.value) {
    const why = await remove(one, made, ports);
    if (why === undefined) removed += 1;
    else left.push(why);
  }
  const findings = await ground.fetchFindings(drillId === undefined ? `${made}/` : `${made}/${drillId}/`);
  if (!findings.ok) return notShown([...left, findings.error.cause].join('; '), cleanCommand(place));
  let archived = 0;
  for (const { Id, CreatedAt } of findings.value) {
    const request = parseDrillFindingId(Id, made);
    if (request === undefined) continue;
    const ended = toEnded(toDrillFinding({ ...request, at: CreatedAt }), ports.now().toISOString());
    const imported = await ground.importFinding(ended);
    if (imported.ok) archived += 1;
    else left.push(imported.error.cause);
  }
  if (left.length > 0) return notShown(left.join('; '), cleanCommand(place));
  return shown(`removed ${String(removed)} of ${String(found.value.length)}, archived ${String(archived)} findings`);
}

/** @returns why it stays */
async function remove(one: Made, made: string, ports: Pick<DrillPorts, 'ground'>): Promise<string | undefined> {
  const own = await checkOwn(one.target, { drillId: one.drillId, made }, ports);
  if (!own.ok) return own.error.code === 'not-found' ? undefined : own.error.cause;
  const removed = await ports.ground.remove(one.target);
  if (removed.ok || removed.error.code === 'not-found') return undefined;
  // Where it is gone, so is the tag that the role is bound to: then the answer is a refusal.
  const still = await checkOwn(one.target, { drillId: one.drillId, made }, ports);
  if (!still.ok && still.error.code === 'not-found') return undefined;
  return `${targetKey(one.target)}: ${removed.error.cause}`;
}

function cleanCommand({ account, region }: DrillOrder['place']): string {
  return `portcullis drill --clean --account ${account} --region ${region}`;
}
