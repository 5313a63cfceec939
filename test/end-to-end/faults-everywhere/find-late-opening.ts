import { askAgain } from './ask-again';
import { fetchReach, findOpened } from './find-opened';
import type { Stage } from './stage';
import { importFindings, type Subject } from './subject';
import type { Violation } from './violations';

/** Once the trouble is over, somebody looks at another finding of the target: that must open nothing. */
export async function findLateOpening(stage: Stage, { target }: Subject): Promise<Violation[]> {
  const control = target.kind === 'network-acl' ? 'EC2.21' : 'EC2.53';
  const [id = ''] = await importFindings(stage, target, [control], 'somebody-else');
  const before = await fetchReach(stage, target);
  await askAgain(stage, target, [id], () => stage.findings.choose('Preview closing', id));
  const opened = findOpened(before, await fetchReach(stage, target));
  if (opened === undefined) return [];
  return [{ kind: 'outside-the-plan', detail: `opened by somebody else's preview: ${opened}` }];
}
