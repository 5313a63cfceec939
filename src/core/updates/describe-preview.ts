import type { Attachment } from '../attachment';
import type { Context } from '../context/context';
import { describeContext } from '../context/describe-context';
import { unknown } from '../context/fact';
import type { Plan } from '../planning/plan';
import type { Resource } from '../resource';
import { changesOfPlan } from '../planning/step-changes';
import { describeChanges } from './describe-changes';
import { describeOpenness } from './describe-openness';
import { asSentence, sentences } from './sentences';

export interface Preview {
  readonly plan: Plan;
  readonly resource: Resource;
  /** Missing where nothing violates. */
  readonly context?: Context;
  /** A text says why they could not be read. */
  readonly attachments: readonly Attachment[] | string;
}

/** What closing would change, what it would leave and who would notice, in words for a finding's note. */
export function describePreview({ plan, resource, context, attachments }: Preview): string {
  const { taken, added } = describeChanges(changesOfPlan(plan.steps, resource), 'would');
  const nothing = plan.steps.length === 0 && plan.ask.length === 0;
  return sentences(
    nothing ? 'Nothing violates any more: closing would change nothing.' : '',
    taken,
    added,
    plan.ask.length === 0 ? '' : `A person must decide first: ${plan.ask.map(asSentence).join(' ')}`,
    describeAttachments(attachments),
    context === undefined ? '' : describeContext({ ...context, attached: unknown('it is said before') }),
    `Open to the internet afterwards: ${describeOpenness(plan.remaining) ?? 'nothing'}.`,
  );
}

const ATTACHMENTS_SHOWN = 3;

function describeAttachments(attachments: readonly Attachment[] | string): string {
  if (typeof attachments === 'string') return `What is attached could not be read: ${asSentence(attachments)}`;
  if (attachments.length === 0) return 'Nothing is attached.';
  const kinds = [...new Set(attachments.map(({ kind }) => kind))].map((kind) =>
    counted(attachments.filter((each) => each.kind === kind).length, kind.replace('-', ' ')),
  );
  const shown = attachments
    .slice(0, ATTACHMENTS_SHOWN)
    .map(({ id, description }) => (description === '' ? id : `${id} (${description})`));
  const more = attachments.length > ATTACHMENTS_SHOWN ? ', …' : '';
  return `Attached: ${kinds.join(' and ')}: ${shown.join(', ')}${more}.`;
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
