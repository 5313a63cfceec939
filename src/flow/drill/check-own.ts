import { DRILL_ID_START, DRILL_TAG } from '../../core/configuration/names/drill-names';
import { failure, success } from '../../core/result';
import type { Target } from '../../core/target';
import type { DrillPorts, PortResult } from '../ports';
import type { DrillOrder } from './order';

/**
 * Checks, before a call that changes something, that it is what this drill made: by its tag, by its name, and attached
 * to nothing. Anything else is left alone, whoever asks. The role is bound to the tag besides. What is gone is
 * `not-found`.
 */
export async function checkOwn(
  target: Target,
  { drillId, made }: Pick<DrillOrder, 'drillId' | 'made'>,
  { ground }: Pick<DrillPorts, 'ground'>,
): PortResult<void> {
  const observed = await ground.observe(target);
  if (!observed.ok) return observed;
  const refuse = (why: string, code: 'conflict' | 'not-found' = 'conflict') =>
    failure({ code, retryable: false, cause: `${target.id} ${why}; it is left alone` } as const);
  if (observed.value.kind === 'gone') return refuse('is gone', 'not-found');
  const { resource } = observed.value;
  const tagged = resource.tags.find(({ Key }) => Key === DRILL_TAG)?.Value;
  const name = 'name' in resource ? resource.name : resource.tags.find(({ Key }) => Key === 'Name')?.Value;
  if (tagged !== drillId || name !== `${made}-${drillId}` || !drillId.startsWith(DRILL_ID_START))
    return refuse(`was not made by ${drillId}`);
  const attached = await ground.fetchAttachments(target);
  if (!attached.ok) return attached;
  const [first] = attached.value;
  return first === undefined ? success(undefined) : refuse(`is attached to ${first.id}, by somebody else`);
}
