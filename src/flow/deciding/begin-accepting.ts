import { markDone } from '../../core/questions/life';
import type { Question } from '../../core/questions/question';
import { success } from '../../core/result';
import { startRemediation } from '../intake/start-remediation';
import type { AcceptRequest, PortResult } from '../ports';
import { requestIdOf, type BeginPorts } from './begin-closing';

/** Has an exception made of what each finding of a question reports: ordinary requests, which may be made twice. */
export async function beginAccepting(question: Question, ports: BeginPorts): PortResult<void> {
  const { target } = question;
  const started = await startRemediation({ target, requests: toRequests(question) }, ports);
  if (!started.ok) return started;
  const noted = await ports.questions.replaceQuestion(markDone(question));
  return noted.ok ? success(undefined) : noted;
}

/** One a finding: each control has exceptions of its own. */
function toRequests({ questionId, findings, state }: Question): readonly AcceptRequest[] {
  if (state.kind !== 'decided' || state.until === undefined) return [];
  const { by, comment = '', until } = state;
  return findings.map(({ id, productArn }, index) => ({
    id: acceptRequestId(questionId, index),
    action: 'accept',
    trigger: 'custom-action',
    decidedBy: `answer to ${questionId} by ${by}`,
    findings: [{ id, productArn }],
    reason: comment,
    until,
    accepted: {},
  }));
}

/** The id of the request for one of a question's findings, counted from 0. */
export function acceptRequestId(questionId: string, index: number): string {
  return `${requestIdOf(questionId)}/${String(index)}`;
}
