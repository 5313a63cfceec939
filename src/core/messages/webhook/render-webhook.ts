import { truncateText } from '../truncate-text';
import { howToUndo } from '../how-to-undo';
import type { Notice } from '../notice';
import { TEST_KIND } from '../notice-kinds';
import type { WebhookBody } from './webhook-body';

/** A body may not grow beyond what receivers take: ids of findings are bounded by the event, texts are bounded here. */
const MAX_TEXT_CHARACTERS = 4000;

/** The body of a webhook's request: JSON of docs/webhook.schema.json, in a fixed order of fields. */
export function renderWebhook(notice: Notice): string {
  return JSON.stringify(toWebhookBody(notice), (_key, value: unknown) =>
    typeof value === 'string' ? truncateText(value, MAX_TEXT_CHARACTERS) : value,
  );
}

function toWebhookBody(notice: Notice): WebhookBody {
  const { id, kind, matter, occurredAt, target, controls, severity, summary, findings } = notice;
  const { remediation, question, reopening, known, wouldChange, context, ownerMustChange, grant } = notice;
  const undo = howToUndo(notice);
  return {
    version: '1',
    id,
    type: kind,
    test: kind === TEST_KIND,
    matter: kind === TEST_KIND ? 'stays' : matter,
    occurredAt,
    summary,
    ...(severity === undefined ? {} : { severity }),
    ...(target === undefined ? {} : { target }),
    controls: [...controls],
    ...(known === undefined ? {} : { known }),
    ...(context === undefined ? {} : { context }),
    ...(wouldChange === undefined ? {} : { wouldChange }),
    ...(ownerMustChange === undefined ? {} : { ownerMustChange: [...ownerMustChange] }),
    ...(remediation === undefined ? {} : { remediation }),
    ...(question === undefined ? {} : { question }),
    ...(grant === undefined ? {} : { grant }),
    ...(reopening === undefined ? {} : { reopening }),
    findings: { ...findings, ids: [...findings.ids] },
    ...(undo === undefined ? {} : { undo }),
  };
}
