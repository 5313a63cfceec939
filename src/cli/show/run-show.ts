import type { RemediationRecord } from '../../core/ledger/remediation-record';
import { visibleJson } from '../../core/visible-json';
import { createOperator, fetchRecord, orCouldNotTell } from '../operator/operator';
import { InputError } from '../cli-error';
import { colorsFor } from '../terminal';
import { renderStory } from './render-story';
import { runShowCertificate } from './run-show-certificate';
import type { RunShowOptions } from './show-options';
import { fitLines } from '../fit-lines';

/** @throws InputError for an unknown id, CouldNotTellError when the ledger cannot be read */
export async function runShow(remediationId: string, options: RunShowOptions): Promise<void> {
  const { certificate: file } = options;
  if (file !== undefined) {
    await runShowCertificate(remediationId, file === true ? undefined : file, options);
    return;
  }
  if (options.chain) throw new InputError('--chain goes with --certificate: it writes all certificates of the target');
  const operator = await createOperator(options);
  const remediation = await fetchRecord(remediationId, operator);
  const all = await orCouldNotTell(operator.ledger.fetchRemediationsOf(remediation.target), operator.region);
  const related = all.filter((record) => isRelated(record, remediation)).reverse();
  const asked = remediation.question?.questionId;
  const question =
    asked === undefined ? undefined : await orCouldNotTell(operator.questions.fetchQuestion(asked), operator.region);
  if (options.json) process.stdout.write(`${visibleJson({ remediation, related, question })}\n`);
  else process.stdout.write(fitLines(`${renderStory(remediation, related, colorsFor(process.stdout), question)}\n`));
}

/** The closing of an undo, and the undos of a closing, also those that did not work; a grant and its end. */
function isRelated(record: RemediationRecord, shown: RemediationRecord): boolean {
  if (record.undoes === shown.remediationId || record.remediationId === shown.undoes) return true;
  return (
    record.remediationId !== shown.remediationId &&
    record.grant !== undefined &&
    record.grant.grantId === shown.grant?.grantId
  );
}
