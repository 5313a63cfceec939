import type { Finding, FindingKey } from '../../core/findings/finding';
import { success } from '../../core/result';
import type { FindingUpdate } from '../../core/updates/finding-update';
import { mergeUserDefinedFields, type MergedFields } from '../../core/updates/merge-user-defined-fields';
import type { Durable, Hub, HubUpdate, Log, PortResult, UnprocessedFinding } from '../ports';
import { findingIdentity } from '../intake/route-finding';

/** Pauses before findings that Security Hub left unprocessed are sent again. */
const RETRY_SECONDS = [2, 5, 15] as const;

export type NotUpdated = FindingKey & { readonly reason: string };

/** A finding with what an update replaces, as it was a moment ago. */
export type FieldsOf = FindingKey & Pick<Finding, 'userDefinedFields' | 'workflow' | 'note'>;

/** Called with what is known of the findings before an update replaces it. */
export type BeforeUpdate = (current: readonly FieldsOf[]) => Promise<void>;

interface UpdatePorts {
  readonly durable: Durable;
  readonly hub: Hub;
  readonly log: Log;
}

/**
 * Updates the findings, and answers those that stay as they were, with the reason.
 *
 * @param justRead findings that were read a moment ago, whose fields need not be read again
 */
export async function updateFindings(
  keys: readonly FindingKey[],
  update: FindingUpdate,
  ports: UpdatePorts,
  {
    justRead = [],
    beforeUpdate,
  }: { readonly justRead?: readonly FieldsOf[]; readonly beforeUpdate?: BeforeUpdate } = {},
): Promise<readonly NotUpdated[]> {
  const { durable } = ports;
  const given: NotUpdated[] = [];
  // Security Hub refuses a finding that a call names twice.
  let pending: readonly FindingKey[] = [...new Map(keys.map((key) => [findingIdentity(key), toKey(key)])).values()];
  for (let round = 0; ; round++) {
    const sent = pending;
    const current = await readFields(sent, update, { round, justRead: round === 0 ? justRead : [] }, ports);
    await beforeUpdate?.([...(current?.values() ?? [])]);
    const groups = toUpdateGroups(sent, update, current, ports.log);
    const updated = await durable.step(`update findings ${String(round)}`, () => sendUpdates(groups, ports.hub));
    if (!updated.ok) return [...given, ...sent.map((key) => ({ ...key, reason: updated.error.cause }))];
    const pause = RETRY_SECONDS[round];
    const again = (each: UnprocessedFinding) => each.retryable && pause !== undefined;
    given.push(
      ...updated.value.filter((each) => !again(each)).map((each) => ({ ...toKey(each), reason: each.reason })),
    );
    pending = updated.value.filter(again).map(toKey);
    if (pending.length === 0 || pause === undefined) return given;
    await durable.sleep(`update findings again ${String(round)}`, pause);
  }
}

/** Findings that get the same update, and have the same fields afterwards. */
interface UpdateGroup {
  readonly update: HubUpdate;
  readonly keys: readonly FindingKey[];
}

/**
 * Reads what the findings have right before it is replaced: fields of others must be among the new ones. Undefined
 * where that cannot be read; a note alone replaces nothing that would have to be known.
 */
async function readFields(
  keys: readonly FindingKey[],
  { workflow, userDefinedFields: ours }: FindingUpdate,
  { round, justRead }: { readonly round: number; readonly justRead: readonly FieldsOf[] },
  { durable, hub, log }: UpdatePorts,
): Promise<ReadonlyMap<string, FieldsOf> | undefined> {
  const known = new Map(justRead.map((each) => [findingIdentity(each), each]));
  const unread = keys.filter((key) => !known.has(findingIdentity(key)));
  if (unread.length === 0 || (ours === undefined && workflow === undefined)) return known;
  const read = await durable.step(`read fields ${String(round)}`, async () => {
    const found = await hub.fetchFindings(unread);
    return found.ok ? success(found.value.map(toFields)) : found;
  });
  if (!read.ok) {
    log.warn('Fields of findings cannot be read, and stay as they are', { cause: read.error.cause });
    return undefined;
  }
  for (const each of read.value) known.set(findingIdentity(each), each);
  return known;
}

/**
 * Where the fields cannot be read they stay as they are, and status and note alone say what happened. A finding that
 * somebody has suppressed meanwhile stays so: whoever accepts a risk while a remediation is under way has the last
 * word.
 */
function toUpdateGroups(
  keys: readonly FindingKey[],
  { workflow, note, userDefinedFields: ours }: FindingUpdate,
  current: ReadonlyMap<string, FieldsOf> | undefined,
  log: Log,
): readonly UpdateGroup[] {
  if (current === undefined) return [{ update: { workflow, note, userDefinedFields: undefined }, keys }];
  const groups = new Map<string, UpdateGroup>();
  for (const key of keys) {
    const now = current.get(findingIdentity(key));
    const { fields, leftOut } = fieldsAfter(now, ours);
    if (leftOut.length > 0) log.warn('No room for fields of ours on the finding', { findingId: key.id, leftOut });
    const status = isSuppressedByOthers(now) ? undefined : workflow;
    const name = JSON.stringify([status, Object.entries(fields ?? {}).sort()]);
    const group = groups.get(name)?.keys ?? [];
    groups.set(name, { update: { workflow: status, note, userDefinedFields: fields }, keys: [...group, key] });
  }
  return [...groups.values()];
}

/** Our own exceptions suppress findings too, and end. */
function isSuppressedByOthers(now: FieldsOf | undefined): boolean {
  return now?.workflow === 'SUPPRESSED' && now.userDefinedFields?.['PortcullisOutcome'] !== 'excepted';
}

function fieldsAfter(
  now: FieldsOf | undefined,
  ours: FindingUpdate['userDefinedFields'],
): Pick<MergedFields, 'leftOut'> & { readonly fields: HubUpdate['userDefinedFields'] } {
  return ours === undefined ? { fields: undefined, leftOut: [] } : mergeUserDefinedFields(now?.userDefinedFields, ours);
}

async function sendUpdates(all: readonly UpdateGroup[], hub: Hub): PortResult<readonly UnprocessedFinding[]> {
  const unprocessed: UnprocessedFinding[] = [];
  for (const { keys, update } of all) {
    const updated = await hub.updateFindings(keys, update);
    if (!updated.ok) return updated;
    unprocessed.push(...updated.value);
  }
  return success(unprocessed);
}

/** Of a finding what an update is held against: its key, workflow status, note and user-defined fields. */
export function toFields({ id, productArn, userDefinedFields, workflow, note }: Finding): FieldsOf {
  return { id, productArn, workflow, note, ...(userDefinedFields === undefined ? {} : { userDefinedFields }) };
}

function toKey({ id, productArn }: FindingKey): FindingKey {
  return { id, productArn };
}
