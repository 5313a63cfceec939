import * as z from '../../core/zod-mini';
import type { Channel, Secrets } from '../../flow/ports';
import type { Http } from '../http';
import { basicAuthorization, createJsonApi } from '../json-api';
import { parseSecret } from '../parse-secret';
import { createTicketChannel } from '../tickets/ticket-channel';
import { withSecret } from '../with-secret';
import { createJiraSystem, type JiraProject } from './jira-system';

export interface JiraSettings extends JiraProject {
  /** `https://example.atlassian.net`. */
  readonly site: string;
  readonly secretName: string;
}

const FORM = '{"email":"…","apiToken":"…"} of an account that may create, edit and transition issues of the project';

const printable = () => z.string().check(z.regex(/^[\x21-\x7e]+$/));

const secretSchema = () => z.object({ email: printable(), apiToken: printable() });

/** Issues of Jira Cloud, by its REST API 3. https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/ */
export function createJiraChannel(
  { site, secretName, ...project }: JiraSettings,
  { http, secrets }: { readonly http: Http; readonly secrets: Secrets },
): Channel {
  const secret = { secrets, name: secretName, parse: (text: string) => parseSecret(text, secretSchema(), FORM) };
  return createTicketChannel((act) =>
    withSecret(secret, ({ email, apiToken }) => {
      const authorization = basicAuthorization(email, apiToken);
      return act(createJiraSystem(project, createJsonApi(http, site, { authorization })));
    }),
  );
}
