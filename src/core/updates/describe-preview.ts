import type { Attachment } from '../attachment';
import type { Context } from '../context/context';
import { describeContext } from '../context/describe-context';
import { unknown } from '../context/fact';
import type { Plan } from '../planning/plan';
import type { PreviewReason } from '../reasons/preview-reasons';
import type { Resource } from '../resource';
import { changesOfPlan } from '../planning/step-changes';
import { namedChanges } from './describe-changes';
import { listOpenness } from './describe-openness';
import { asSentence, SHOWN } from './sentences';

export interface Preview {
  readonly plan: Plan;
  readonly resource: Resource;
  /** Missing where nothing violates. */
  readonly context?: Context;
  /** A text says why they could not be read. */
  readonly attachments: readonly Attachment[] | string;
}

/** What closing would change, what it would leave and who would notice, what matters most first. */
export function describePreview({ plan, resource, context, attachments }: Preview): readonly PreviewReason[] {
  const nothing = plan.steps.length === 0 && plan.ask.length === 0;
  const around = context === undefined ? '' : describeContext({ ...context, attached: unknown('it is said before') });
  return [
    ...(nothing ? [{ code: 'would-change-nothing' } as const] : []),
    ...namedChanges(changesOfPlan(plan.steps, resource)).map(({ done, names }): PreviewReason => ({
      code: 'would-change',
      done,
      rules: { shown: names.slice(0, SHOWN), count: names.length },
    })),
    ...(plan.ask.length === 0
      ? []
      : [{ code: 'decision-needed-first', asked: plan.ask.map(asSentence) } satisfies PreviewReason]),
    describeAttachments(attachments),
    ...(around === '' ? [] : [{ code: 'context-seen', what: around } satisfies PreviewReason]),
    { code: 'open-afterwards', rules: listOpenness(plan.remaining) },
  ];
}

const ATTACHMENTS_SHOWN = 3;

function describeAttachments(attachments: readonly Attachment[] | string): PreviewReason {
  if (typeof attachments === 'string') return { code: 'attachments-unreadable', cause: asSentence(attachments) };
  if (attachments.length === 0) return { code: 'nothing-attached' };
  const kinds = [...new Set(attachments.map(({ kind }) => kind))].map((kind) =>
    counted(attachments.filter((each) => each.kind === kind).length, kind.replace('-', ' ')),
  );
  const shown = attachments
    .slice(0, ATTACHMENTS_SHOWN)
    .map(({ id, description }) => (description === '' ? id : `${id} (${description})`));
  return { code: 'attached-now', kinds, items: { shown, count: attachments.length } };
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
