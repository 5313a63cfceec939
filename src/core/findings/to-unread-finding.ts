import type { InputProblem } from '../input-problem';
import { renderInputProblem } from '../input-problem';
import { memberOf, textOf } from '../read-member';
import { asffKeySchema } from './asff-schema';
import type { Finding } from './finding';

const WORKFLOWS: readonly Finding['workflow'][] = ['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED'];

/**
 * A finding that Security Hub holds and that is not as its format says: nothing can be done about it, but somebody who
 * chose it can be answered on it. Undefined when not even its names can be read.
 */
export function toUnreadFinding(input: unknown, problem: InputProblem): Finding | undefined {
  const key = asffKeySchema.safeParse(input);
  if (!key.success) return undefined;
  const { Id: id, ProductArn: productArn, ...rest } = key.data;
  const status = memberOf(memberOf(rest, 'Workflow'), 'Status');
  return {
    id,
    productArn,
    account: textOf(memberOf(rest, 'AwsAccountId')) ?? '',
    region: textOf(memberOf(rest, 'Region')) ?? productArn.split(':')[3] ?? '',
    title: textOf(memberOf(rest, 'Title')) ?? '',
    control: undefined,
    target: undefined,
    problem: `The finding cannot be understood: ${renderInputProblem(problem)}.`,
    compliance: undefined,
    workflow: WORKFLOWS.find((each) => each === status) ?? 'NEW',
    recordState: memberOf(rest, 'RecordState') === 'ARCHIVED' ? 'ARCHIVED' : 'ACTIVE',
    severity: 'INFORMATIONAL',
    firstObservedAt: undefined,
    note: noteOf(memberOf(rest, 'Note')),
  };
}

function noteOf(note: unknown): Finding['note'] {
  const text = textOf(memberOf(note, 'Text'));
  if (text === undefined) return undefined;
  return {
    text,
    updatedBy: textOf(memberOf(note, 'UpdatedBy')) ?? '',
    updatedAt: textOf(memberOf(note, 'UpdatedAt')) ?? '',
  };
}
