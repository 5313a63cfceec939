import { randomUUID } from 'node:crypto';
import type { OperatorAdapters } from '../../aws/adapters/operator-adapters';
import { failure, success, type Result } from '../../core/result';
import type { DrilledDeployment, Ending } from '../../flow/ports';
import { CouldNotTellError, InputError } from '../cli-error';
import { askForRequests } from '../operator/ask-commands';
import { waitForRemediation } from '../operator/wait-for-remediation';
import type { Interruption } from './interruption';

/** The deployment as `portcullis remediate` and `portcullis undo` use it. */
export function createDrilledDeployment(
  operator: OperatorAdapters,
  fetchFinding: DrilledDeployment['fetchFinding'],
  interruption: Pick<Interruption, 'isInterrupted' | 'race'>,
): DrilledDeployment {
  const ask = async (body: object): Promise<Result<Ending, string>> => {
    if (interruption.isInterrupted()) return failure('the drill was interrupted');
    const ending = await interruption.race(askAndWait({ ...body, askId: randomUUID() }, operator));
    return ending ?? failure('the drill was interrupted');
  };
  return {
    fetchFinding,
    close: (findingId) => ask({ command: 'remediate', findingIds: [findingId] }),
    undo: (remediationId) => ask({ command: 'undo', remediationId, confirmed: false }),
    fetchRemediations: (target) => operator.ledger.fetchRemediationsOf(target),
    fetchCertificates: (target) => operator.ledger.fetchCertificatesOf(target),
  };
}

async function askAndWait(body: object, operator: OperatorAdapters): Promise<Result<Ending, string>> {
  try {
    const [asked] = await askForRequests(body, operator);
    if (asked?.status !== 'asked') return failure(asked?.reason ?? 'nothing was asked for');
    const { outcome, reason = '' } = await waitForRemediation(asked, operator);
    return success({ outcome, reason });
  } catch (error) {
    if (error instanceof CouldNotTellError || error instanceof InputError) return failure(error.message);
    throw error;
  }
}
