import type { OperatorAdapters } from '../../aws/adapters/operator-adapters';
import { visibleJson } from '../../core/visible-json';
import { CouldNotTellError } from '../cli-error';
import { plural } from '../plural';
import { printable } from '../terminal';
import { showWaiting } from '../waiting-line';
import type { Asked } from './ask-commands';
import { renderResult, throwUnlessDone } from './report-result';
import { howItGoesOn, waitForRemediation, type Requested } from './wait-for-remediation';

/** 128 + 2, which shells make of an interrupt, says nothing to who reads our exit codes: 3 is "could not tell". */
const EXIT_CODE_WHEN_INTERRUPTED = 3;

/**
 * Waits for the ends of all that was asked for, prints them, and says with Ctrl-C how they go on.
 *
 * @throws CouldNotTellError when an end cannot be known, or something could not be started; Error when something was
 * not done
 */
export async function awaitResults(
  asked: readonly Asked[],
  operator: OperatorAdapters,
  { json }: { readonly json?: true },
): Promise<void> {
  const underWay = asked.filter(({ status }) => status === 'asked');
  const forget = printOnInterrupt(underWay);
  const stopWaiting = showWaiting(`waiting for ${plural(underWay.length, 'answer')} of the deployment`, {
    ...(json && { json }),
  });
  try {
    const endings = await Promise.all(underWay.map((each) => waitForRemediation(each, operator)));
    stopWaiting();
    for (const ending of endings) process.stdout.write(json ? `${visibleJson(ending)}\n` : renderResult(ending));
    const notStarted = asked.flatMap(({ target, status, reason = '' }) =>
      status === 'asked' ? [] : [`${target.id}: ${reason}`],
    );
    if (notStarted.length > 0) throw new CouldNotTellError(`${notStarted.join('; ')} (Region ${operator.region})`);
    throwUnlessDone(endings);
  } finally {
    stopWaiting();
    forget();
  }
}

function printOnInterrupt(underWay: readonly Requested[]): () => void {
  const printAndExit = (): never => {
    for (const each of underWay) process.stderr.write(`${printable(`${each.target.id}: ${howItGoesOn(each)}`)}\n`);
    process.exit(EXIT_CODE_WHEN_INTERRUPTED);
  };
  process.on('SIGINT', printAndExit);
  return () => process.off('SIGINT', printAndExit);
}
