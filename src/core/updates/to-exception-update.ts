import { describeException, renderMoment, renderOpenings } from '../exceptions/describe-exception';
import type { HowEnded, RiskException } from '../exceptions/risk-exception';
import type { RemediationRecord } from '../ledger/remediation-record';
import { composeNote } from './compose-note';
import type { FindingUpdate, UserDefinedFields } from './finding-update';
import { asSentence, sentences } from './sentences';

/** The first of its exceptions to end: from then on something is open that none covers. */
export function untilOf({ exceptions = [] }: RemediationRecord): Pick<UserDefinedFields, 'PortcullisUntil'> {
  const [first] = exceptions.map(({ until }) => until).sort();
  return first === undefined ? {} : { PortcullisUntil: first };
}

/**
 * What findings are updated with for which somebody accepted a risk. They are SUPPRESSED only where all that violates
 * is covered; what is open beyond it is decided anew.
 */
export function toAcceptUpdate(record: RemediationRecord): FindingUpdate {
  const { outcome, remediationId, decidedBy, exceptions = [], plan } = record;
  if (outcome !== 'excepted') {
    const why = sentences('Accept risk: Portcullis did nothing.', asSentence(record.reason));
    return { workflow: undefined, note: composeNote(why, ''), userDefinedFields: undefined };
  }
  const beyond = plan?.violations ?? [];
  const ids = exceptions.map(({ exceptionId }) => exceptionId).join(', ');
  const details = sentences(
    'Risk accepted.',
    ...exceptions.map((each) => asSentence(describeException(each))),
    beyond.length === 0 ? '' : 'More is open, and is decided anew.',
    ...beyond.map(({ reason }) => reason),
  );
  return {
    workflow: beyond.length === 0 ? 'SUPPRESSED' : 'NEW',
    note: composeNote(details, `To end it: portcullis exceptions end ${ids}. Remediation ${remediationId}.`),
    userDefinedFields: {
      PortcullisOutcome: beyond.length === 0 ? outcome : 'partly-excepted',
      PortcullisRemediationId: remediationId,
      PortcullisDecidedBy: decidedBy,
      ...untilOf(record),
    },
  };
}

/** What the findings of an exception are updated with that ends soon. They stay SUPPRESSED until it does. */
export function toExceptionEndingUpdate(exception: RiskException, decidedBy: string | undefined): FindingUpdate {
  const { exceptionId, until, remediationId } = exception;
  return {
    workflow: undefined,
    note: composeNote(
      sentences(`Ends soon, on ${renderMoment(until)}.`, asSentence(describeException(exception))),
      `Then it is decided anew. To end it before: portcullis exceptions end ${exceptionId}.`,
    ),
    userDefinedFields: {
      PortcullisOutcome: 'excepted',
      ...(remediationId === undefined ? {} : { PortcullisRemediationId: remediationId }),
      ...(decidedBy === undefined ? {} : { PortcullisDecidedBy: decidedBy }),
      PortcullisUntil: until,
      PortcullisEnds: 'soon',
    },
  };
}

const HOW: Readonly<Record<HowEnded, string>> = {
  due: 'its time is over',
  'by-hand': 'it was ended by hand',
  lifted: 'somebody took the finding out of SUPPRESSED',
  removed: 'portcullis.yaml does not have it any more',
};

/** What findings are updated with whose exception has ended: it is open again as far as anybody accepted it. */
export function toExceptionEndedUpdate(record: RemediationRecord, how: HowEnded): FindingUpdate {
  const { remediationId, decidedBy, exceptions = [] } = record;
  const details = exceptions.map(({ exceptionId, covers, reason, by, until }) =>
    sentences(
      `Exception ${exceptionId} has ended: ${HOW[how]}.`,
      `It let ${renderOpenings(covers)} stay open until ${renderMoment(until)}.`,
      asSentence(`Accepted by ${by}: ${reason}`),
    ),
  );
  return {
    // Who took it out of SUPPRESSED has said what it is.
    workflow: how === 'lifted' ? undefined : 'NEW',
    note: composeNote(
      sentences(...details),
      `It is decided anew. Decided by: ${decidedBy}. Remediation ${remediationId}.`,
    ),
    userDefinedFields: {
      PortcullisOutcome: 'exception-ended',
      PortcullisRemediationId: remediationId,
      PortcullisDecidedBy: decidedBy,
    },
  };
}
