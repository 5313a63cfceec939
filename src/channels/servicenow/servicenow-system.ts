import { truncateText } from '../../core/messages/truncate-text';
import { toPlainText } from '../../core/messages/tickets/to-plain-text';
import { memberOf, textOf } from '../../core/read-member';
import { success } from '../../core/result';
import { notUnderstood, type JsonApi } from '../json-api';
import type { TicketResult, TicketSystem } from '../tickets/ticket-system';

export interface IncidentTable {
  /** Names of states, as people of the instance see them. */
  readonly resolveState: string;
  readonly reopenState: string;
  /** What incidents are resolved with, as people see it: instances require one. */
  readonly closeCode: string;
  /** Of every incident that is made, such as `assignment_group`. */
  readonly fields: Readonly<Record<string, string>>;
}

const TABLE = '/api/now/table/incident';
/** Names of fields are those of the dictionary of incidents, and their lengths the ones that it comes with. */
const MAX = { short_description: 160, description: 4000, correlation_id: 100, close_notes: 1000, work_notes: 4000 };
/** States out of which nobody but an administrator leads. */
const FINAL = ['closed', 'canceled', 'cancelled'];
const SYS_ID = /^[0-9a-f]{32}$/;
/** 1 is high, 2 medium, 3 low: values, which are the same in every language. */
const URGENCY: ReadonlyMap<string, string> = new Map([
  ['CRITICAL', '1'],
  ['HIGH', '1'],
  ['MEDIUM', '2'],
  ['LOW', '3'],
  ['INFORMATIONAL', '3'],
]);

/**
 * States and codes are read and written as people see them, since their values differ from instance to instance.
 * https://www.servicenow.com/docs/bundle/zurich-api-reference/page/integrate/inbound-rest/concept/c_TableAPI.html
 */
export function createServiceNowSystem(settings: IncidentTable, { call }: JsonApi): TicketSystem {
  const isUnresolved = (state: string) =>
    state.toLowerCase() !== settings.resolveState.toLowerCase() && !FINAL.includes(state.toLowerCase());

  /** Undefined where somebody deleted the incident. */
  async function read(key: string, field: 'state' | 'work_notes'): TicketResult<string | undefined> {
    const path = `${TABLE}/${key}?sysparm_display_value=true&sysparm_fields=${field}`;
    const answer = await call('GET', path, undefined, [404]);
    if (!answer.ok) return answer;
    if (answer.value.status === 404) return success(undefined);
    const value = textOf(memberOf(memberOf(answer.value.body, 'result'), field));
    return value === undefined ? notUnderstood(path) : success(value);
  }

  async function write(key: string, fields: Readonly<Record<string, string>>): TicketResult<'done' | 'gone'> {
    const answer = await call(
      'PATCH',
      `${TABLE}/${key}?sysparm_input_display_value=true&sysparm_fields=sys_id`,
      fields,
      [404],
    );
    return answer.ok ? success(answer.value.status === 404 ? 'gone' : 'done') : answer;
  }

  return {
    async probe() {
      const answer = await call('GET', `${TABLE}?sysparm_fields=sys_id&sysparm_limit=1`);
      if (!answer.ok) return answer;
      if (!Array.isArray(memberOf(answer.value.body, 'result'))) return notUnderstood(TABLE);
      return success('it lets incidents be read; whether they may be written is not asked');
    },
    async find(correlation) {
      const query = new URLSearchParams({
        sysparm_query: `correlation_id=${truncateText(correlation, MAX.correlation_id)}^active=true^ORDERBYDESCsys_created_on`,
        sysparm_fields: 'sys_id,state,description',
        sysparm_display_value: 'true',
        sysparm_limit: '5',
      });
      const answer = await call('GET', `${TABLE}?${query.toString()}`);
      if (!answer.ok) return answer;
      const result = memberOf(answer.value.body, 'result');
      if (!Array.isArray(result)) return notUnderstood(TABLE);
      const found = (result as readonly unknown[]).find((each) => isUnresolved(textOf(memberOf(each, 'state')) ?? ''));
      if (found === undefined) return success(undefined);
      const key = textOf(memberOf(found, 'sys_id'));
      if (key === undefined || !SYS_ID.test(key)) return notUnderstood(TABLE);
      return success({ key, says: textOf(memberOf(found, 'description')) ?? '' });
    },
    async create({ correlation, text, severity = '' }) {
      const urgency = URGENCY.get(severity) ?? '2';
      const answer = await call('POST', `${TABLE}?sysparm_fields=sys_id`, {
        impact: '2',
        urgency,
        ...settings.fields,
        short_description: truncateText(text.title, MAX.short_description),
        description: toPlainText(text, MAX.description),
        correlation_id: truncateText(correlation, MAX.correlation_id),
        correlation_display: 'Portcullis',
      });
      if (!answer.ok) return answer;
      const key = textOf(memberOf(memberOf(answer.value.body, 'result'), 'sys_id'));
      return key === undefined || !SYS_ID.test(key) ? notUnderstood(TABLE) : success(key);
    },
    async hasComment(key, mark) {
      const notes = await read(key, 'work_notes');
      return notes.ok ? success(notes.value?.includes(mark) === true) : notes;
    },
    comment: (key, text) => write(key, { work_notes: toPlainText(text, MAX.work_notes) }),
    async resolve(key, text) {
      const state = await read(key, 'state');
      if (!state.ok) return state;
      if (state.value === undefined || !isUnresolved(state.value)) return success(undefined);
      const { resolveState, closeCode } = settings;
      const close_notes = toPlainText(text, MAX.close_notes);
      const written = await write(key, { state: resolveState, close_code: closeCode, close_notes });
      return written.ok ? success(undefined) : written;
    },
    async reopen(key) {
      const state = await read(key, 'state');
      if (!state.ok) return state;
      if (state.value === undefined) return success('gone');
      if (FINAL.includes(state.value.toLowerCase())) return success('impossible');
      return isUnresolved(state.value) ? success('done') : write(key, { state: settings.reopenState });
    },
  };
}
