import { createUnreadFindings } from '../../aws/adapters/unread-findings';
import { parseEitherFinding } from '../../core/findings/parse-either-finding';
import { reasonToSkip } from '../../core/policy/reason-to-skip';
import { targetKey, type Target } from '../../core/target';
import { visibleJson } from '../../core/visible-json';
import { CouldNotTellError, InputError } from '../cli-error';
import { createOperator, orCouldNotTell, type OperatorOptions } from '../operator/operator';
import { plural } from '../plural';
import { readDeployedPolicy } from '../policy/read-policy';
import { readFindings } from '../report/read-findings';
import { printable } from '../terminal';
import { askForContext } from './ask-for-context';
import { createCountProgress } from './count-progress';

/** Each is an execution of the orchestrator, and reads of one account: more at once only wait for each other. */
const AT_ONCE = 8;

/**
 * Has the deployment look up what is known about every target that findings say is open, each once, and prints a
 * `{"target","context"}` a line: what `portcullis policy simulate --context` reads. Progress and what is left out go to
 * stderr.
 *
 * @param file an export of findings; undefined takes all active ones of the hub
 * @throws InputError for a file that cannot be understood, CouldNotTellError when something could not be read
 */
export async function runContexts(file: string | undefined, options: OperatorOptions): Promise<void> {
  const targets = new Map<string, Target>();
  const take = (raw: unknown): void => {
    const target = openTargetOf(raw);
    if (target !== undefined) targets.set(targetKey(target), target);
  };
  if (file !== undefined) await readFindings(file, true, take);
  const operator = await createOperator(options);
  if (file === undefined) {
    const { securityHub } = await readDeployedPolicy(operator);
    const read = createUnreadFindings(operator.region, securityHub).fetchActive((page) => {
      page.forEach(take);
    });
    await orCouldNotTell(read, operator.region);
  }
  const waiting = [...targets.values()];
  const total = waiting.length;
  const progress = createCountProgress(process.stderr);
  const left: string[] = [];
  let known = 0;
  let unread = 0;
  const worker = async (): Promise<void> => {
    for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
      const { account, region, id } = target;
      const asked = await lookUp(target);
      if ('context' in asked) {
        known += 1;
        process.stdout.write(`${visibleJson({ target, context: asked.context })}\n`);
      } else {
        if (asked.outcome === 'could-not-tell') unread += 1;
        left.push(`${account}/${region}/${id}: ${asked.reason}`);
      }
      progress.show(`${String(known + left.length)} of ${plural(total, 'target')}`);
    }
  };
  const lookUp = async (target: Target) => {
    try {
      return await askForContext({ target }, operator);
    } catch (error) {
      // What is wrong with one says nothing of the others.
      if (!(error instanceof CouldNotTellError || error instanceof InputError)) throw error;
      return { outcome: 'could-not-tell', reason: error.message };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  progress.clear();
  for (const line of left.sort()) process.stderr.write(`${printable(line)}\n`);
  process.stderr.write(`${String(known)} of ${plural(total, 'target')} looked up\n`);
  if (unread > 0) throw new CouldNotTellError(`${plural(unread, 'target')} could not be looked up`);
}

/** Undefined for what Portcullis does not close, and for what nobody would close now. */
function openTargetOf(raw: unknown): Target | undefined {
  const parsed = parseEitherFinding(raw);
  if (!parsed.ok || parsed.value.control === undefined) return undefined;
  return reasonToSkip(parsed.value, 'custom-action') === undefined ? parsed.value.target : undefined;
}
