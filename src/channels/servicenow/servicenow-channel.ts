import * as z from '../../core/zod-mini';
import type { Channel, Secrets } from '../../flow/ports';
import type { Http } from '../http';
import { basicAuthorization, createJsonApi } from '../json-api';
import { parseSecret } from '../parse-secret';
import { createTicketChannel } from '../tickets/ticket-channel';
import { withSecret } from '../with-secret';
import { createServiceNowSystem, type IncidentTable } from './servicenow-system';

export interface ServiceNowSettings extends IncidentTable {
  /** `https://example.service-now.com`. */
  readonly instance: string;
  readonly secretName: string;
}

const FORM = '{"user":"…","password":"…"} of a user who may write incidents by the Table API';

const secretSchema = () =>
  z.object({ user: z.string().check(z.regex(/^[^:\s]+$/)), password: z.string().check(z.minLength(1)) });

/** Incidents of ServiceNow, by its Table API. */
export function createServiceNowChannel(
  { instance, secretName, ...table }: ServiceNowSettings,
  { http, secrets }: { readonly http: Http; readonly secrets: Secrets },
): Channel {
  const secret = { secrets, name: secretName, parse: (text: string) => parseSecret(text, secretSchema(), FORM) };
  return createTicketChannel((act) =>
    withSecret(secret, ({ user, password }) => {
      const authorization = basicAuthorization(user, password);
      return act(createServiceNowSystem(table, createJsonApi(http, instance, { authorization })));
    }),
  );
}
