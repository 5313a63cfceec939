import type { Target } from '@aws-sdk/client-eventbridge';

import { selectByJsonPath } from '../runtime/json-path';
import type { BusEvent } from './bus-event';

/** The text that a target receives: the event, a part of it, a constant, or a filled template. */
export function toTargetInput(
  target: Target,
  event: BusEvent,
  rule: { readonly name: string; readonly arn: string },
): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(selectByJsonPath(event, target.InputPath));
  if (!target.InputTransformer) return JSON.stringify(event);
  const { InputPathsMap = {}, InputTemplate = '' } = target.InputTransformer;
  const values = new Map<string, unknown>(
    Object.entries(InputPathsMap).map(([name, path]) => [name, selectByJsonPath(event, path)]),
  );
  values.set('aws.events.rule-arn', rule.arn);
  values.set('aws.events.rule-name', rule.name);
  values.set('aws.events.event.ingestion-time', event.time);
  values.set('aws.events.event', withoutDetail(event));
  values.set('aws.events.event.json', event);
  return fillTemplate(InputTemplate, values);
}

function withoutDetail(event: BusEvent): object {
  return Object.fromEntries(Object.entries(event).filter(([key]) => key !== 'detail'));
}

/** Inside quotes a value is put in as text, outside as JSON; a value that the event lacks is empty. */
function fillTemplate(template: string, values: ReadonlyMap<string, unknown>): string {
  let inString = false;
  return template.replace(/\\.|"|<([\w.-]+)>/g, (token, name: string | undefined) => {
    if (token === '"') inString = !inString;
    if (name === undefined || !values.has(name)) return token;
    const value = values.get(name);
    if (!inString) return value === undefined ? '""' : JSON.stringify(value);
    const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
    return JSON.stringify(text).slice(1, -1);
  });
}
