import { z } from 'zod';
import { jsonAnswer, jsonBody, type OutsideResponse } from './outside-request';
import type { Answer } from './receivers';

const TABLE = '/api/now/table/incident';

/** Lengths of the dictionary that incidents come with. */
const fields = z.looseObject({
  short_description: z.string().max(160).exactOptional(),
  description: z.string().max(4000).exactOptional(),
  correlation_id: z.string().max(100).exactOptional(),
  correlation_display: z.string().max(100).exactOptional(),
  impact: z.enum(['1', '2', '3']).exactOptional(),
  urgency: z.enum(['1', '2', '3']).exactOptional(),
  work_notes: z.string().max(4000).exactOptional(),
  close_notes: z.string().max(1000).exactOptional(),
  close_code: z.string().exactOptional(),
  state: z.string().exactOptional(),
});

type Fields = Record<string, string>;

const STATES = ['New', 'In Progress', 'On Hold', 'Resolved', 'Closed', 'Canceled'];
const FINAL = ['Closed', 'Canceled'];

/** What of encoded queries Portcullis writes. */
const QUERY = /^correlation_id=([\w.-]+)\^active=true\^ORDERBYDESCsys_created_on$/;

/**
 * Incidents by the Table API, as far as Portcullis calls it: journals answer what was written only with display values,
 * a state is read and written as people see it, and one that is resolved needs a code and notes.
 * https://www.servicenow.com/docs/bundle/zurich-api-reference/page/integrate/inbound-rest/concept/c_TableAPI.html
 */
export function createServiceNowReceiver(): Answer {
  const incidents = new Map<string, Fields>();

  function find(query: URLSearchParams): OutsideResponse {
    if (!query.has('sysparm_query')) {
      const all = [...incidents.keys()].slice(0, Number(query.get('sysparm_limit')));
      return jsonAnswer(200, { result: all.map((sysId) => ({ sys_id: sysId })) });
    }
    const [, correlation] = QUERY.exec(query.get('sysparm_query') ?? '') ?? [];
    if (correlation === undefined) return refused(400, 'The query is not one that the sandbox knows.');
    const found = [...incidents.values()].filter(
      ({ correlation_id: id, state = '' }) => id === correlation && !FINAL.includes(state),
    );
    return jsonAnswer(200, { result: found.toReversed().slice(0, Number(query.get('sysparm_limit'))) });
  }

  function create(body: unknown): OutsideResponse {
    const parsed = fields.safeParse(body);
    if (!parsed.success) return refused(400, z.prettifyError(parsed.error));
    const sysId = String(incidents.size + 1).padStart(32, '0');
    const number = `INC${String(10_000 + incidents.size)}`;
    incidents.set(sysId, { state: 'New', ...(parsed.data as Fields), sys_id: sysId, number });
    return jsonAnswer(201, { result: { sys_id: sysId, number } });
  }

  function change(incident: Fields, body: unknown, isAsSeen: boolean): OutsideResponse {
    const parsed = fields.safeParse(body);
    if (!parsed.success) return refused(400, z.prettifyError(parsed.error));
    const { work_notes: note, ...rest } = parsed.data as Fields;
    if (rest['state'] !== undefined && !(isAsSeen && STATES.includes(rest['state']))) {
      return refused(400, 'Invalid state: people see others, and names need sysparm_input_display_value');
    }
    if (rest['state'] === 'Resolved' && !(rest['close_code'] && rest['close_notes'])) {
      return refused(403, 'Data Policy Exception: Resolution code and Resolution notes are mandatory');
    }
    const notes = note === undefined ? {} : { work_notes: `${note}\n\n${incident['work_notes'] ?? ''}` };
    Object.assign(incident, rest, notes);
    return jsonAnswer(200, { result: { sys_id: incident['sys_id'] } });
  }

  return (request) => {
    const { method, url, headers } = request;
    const { pathname, searchParams } = new URL(url);
    if (!/^Basic \S+$/.test(headers['authorization'] ?? '')) return refused(401, 'User Not Authenticated');
    if (`${method} ${pathname}` === `GET ${TABLE}`) return find(searchParams);
    if (`${method} ${pathname}` === `POST ${TABLE}`) return create(jsonBody(request));
    const incident = incidents.get(pathname.replace(`${TABLE}/`, ''));
    if (!incident) return refused(404, 'No Record found');
    if (method === 'PATCH') {
      return change(incident, jsonBody(request), searchParams.get('sysparm_input_display_value') === 'true');
    }
    if (method === 'DELETE') {
      incidents.delete(incident['sys_id'] ?? '');
      return { status: 204, headers: {}, body: '' };
    }
    const names = searchParams.get('sysparm_fields')?.split(',') ?? Object.keys(incident);
    const shown = names.map((name) => {
      const isHidden = name === 'work_notes' && searchParams.get('sysparm_display_value') !== 'true';
      return [name, isHidden ? '' : (incident[name] ?? '')];
    });
    return jsonAnswer(200, { result: Object.fromEntries(shown) as object });
  };
}

function refused(status: number, message: string): OutsideResponse {
  return jsonAnswer(status, { error: { message, detail: '' }, status: 'failure' });
}
