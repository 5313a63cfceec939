import { z } from 'zod';
import { jsonAnswer, jsonBody, type OutsideResponse } from './outside-request';
import type { Answer } from './receivers';

/** https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/: the nodes that Portcullis uses. */
const inline = z.union([
  z.strictObject({ type: z.literal('hardBreak') }),
  z.strictObject({
    type: z.literal('text'),
    text: z
      .string()
      .min(1)
      .regex(/^[^\n]*$/),
    marks: z.array(z.strictObject({ type: z.literal('strong') })).exactOptional(),
  }),
]);

const MAX_DOCUMENT = 32_767;

const document = z
  .strictObject({
    version: z.literal(1),
    type: z.literal('doc'),
    content: z.array(z.strictObject({ type: z.literal('paragraph'), content: z.array(inline).min(1) })).min(1),
  })
  .refine((doc) => textIn(doc).length <= MAX_DOCUMENT, 'is longer than 32,767 characters');

const property = z.strictObject({ key: z.string().min(1).max(255), value: z.json() });

const created = z.strictObject({
  fields: z.looseObject({
    project: z.strictObject({ key: z.string() }),
    issuetype: z.strictObject({ name: z.string() }),
    summary: z
      .string()
      .min(1)
      .max(255)
      .regex(/^[^\r\n]*$/),
    description: document,
    labels: z.array(z.string().min(1).max(255).regex(/^\S+$/)),
  }),
  properties: z.array(property).exactOptional(),
});

const commented = z.strictObject({ body: document });
const moved = z.strictObject({ transition: z.strictObject({ id: z.string() }) });
const searched = z.strictObject({ jql: z.string(), fields: z.array(z.string()), maxResults: z.int().min(1).max(5000) });

/** What of JQL Portcullis writes. */
const JQL = /^project = "([^"]+)" AND labels = "([^"]+)" AND statusCategory != Done ORDER BY created DESC$/;

interface Issue {
  readonly key: string;
  readonly fields: z.output<typeof created>['fields'];
  readonly comments: z.output<typeof document>[];
  status: keyof typeof CATEGORIES;
}

const CATEGORIES = { 'To Do': 'new', 'In Progress': 'indeterminate', Done: 'done' } as const;
const STATUSES = Object.keys(CATEGORIES) as readonly Issue['status'][];
const TYPES = ['Task', 'Bug', 'Story'];

/**
 * Issues of one project with the workflow that new ones have: what of REST API 3 Portcullis calls. What is not of its
 * documented form is refused with 400, as is a project or a type that there is not.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/
 */
export function createJiraReceiver(): Answer {
  const issues: Issue[] = [];

  function search(body: unknown): OutsideResponse {
    const parsed = searched.safeParse(body);
    const [, project, label] = JQL.exec(parsed.success ? parsed.data.jql : '') ?? [];
    if (label === undefined) return refused(400, 'The JQL query is not one that the sandbox knows.');
    const found = issues.filter(
      ({ fields, status }) => fields.project.key === project && fields.labels.includes(label) && status !== 'Done',
    );
    const shown = found.toReversed().slice(0, parsed.data?.maxResults);
    return jsonAnswer(200, {
      issues: shown.map(({ key, fields }) => ({ key, fields: { description: fields.description } })),
      isLast: true,
    });
  }

  function create(body: unknown): OutsideResponse {
    const parsed = created.safeParse(body);
    if (!parsed.success) return refused(400, z.prettifyError(parsed.error));
    const { fields } = parsed.data;
    if (fields.project.key !== 'SEC') return refused(400, 'valid project is required');
    if (!TYPES.includes(fields.issuetype.name)) return refused(400, 'Specify a valid issue type');
    const key = `SEC-${String(issues.length + 1)}`;
    issues.push({ key, fields, comments: [], status: 'To Do' });
    return jsonAnswer(201, { id: String(10_000 + issues.length), key, self: `https://example.atlassian.net/${key}` });
  }

  function ofIssue(issue: Issue, method: string, what: string, body: unknown): OutsideResponse {
    switch (`${method} ${what}`) {
      case 'GET ':
        return jsonAnswer(200, {
          key: issue.key,
          fields: { status: { name: issue.status, statusCategory: { key: CATEGORIES[issue.status] } } },
        });
      case 'GET comment':
        return jsonAnswer(200, { comments: issue.comments.toReversed().map((each) => ({ body: each })) });
      case 'POST comment': {
        const parsed = commented.safeParse(body);
        if (!parsed.success) return refused(400, z.prettifyError(parsed.error));
        issue.comments.push(parsed.data.body);
        return jsonAnswer(201, { id: String(issue.comments.length), body: parsed.data.body });
      }
      case 'GET transitions': {
        const transitions = STATUSES.flatMap((name, index) =>
          name === issue.status ? [] : [{ id: String(11 + index), name, to: { name } }],
        );
        return jsonAnswer(200, { transitions });
      }
      case 'POST transitions': {
        const parsed = moved.safeParse(body);
        const status = STATUSES[Number(parsed.data?.transition.id) - 11];
        if (status === undefined) return refused(400, 'Transition id is not valid for this issue.');
        issue.status = status;
        return { status: 204, headers: {}, body: '' };
      }
      default:
        return refused(404, 'No such resource.');
    }
  }

  return (request) => {
    const { method, url, headers } = request;
    const { pathname } = new URL(url);
    if (!/^Basic \S+$/.test(headers['authorization'] ?? '')) return refused(401, 'Client must be authenticated.');
    const body = jsonBody(request);
    if (`${method} ${pathname}` === 'POST /rest/api/3/search/jql') return search(body);
    if (`${method} ${pathname}` === 'POST /rest/api/3/issue') return create(body);
    if (method === 'GET' && pathname === '/rest/api/3/project/SEC') return jsonAnswer(200, { id: '10000', key: 'SEC' });
    if (pathname.startsWith('/rest/api/3/project/')) return refused(404, 'No project could be found with that key.');
    const [, key, what = ''] = /^\/rest\/api\/3\/issue\/([A-Z]+-\d+)(?:\/(\w+))?$/.exec(pathname) ?? [];
    const issue = issues.find((each) => each.key === key);
    if (!issue) return refused(404, 'Issue does not exist or you do not have permission to see it.');
    if (method === 'DELETE' && what === '') {
      issues.splice(issues.indexOf(issue), 1);
      return { status: 204, headers: {}, body: '' };
    }
    return ofIssue(issue, method, what, body);
  };
}

function textIn(doc: { readonly content: readonly { readonly content: readonly object[] }[] }): string {
  const parts = doc.content.flatMap(({ content }) => content);
  return parts.map((part) => ('text' in part ? String(part.text) : '\n')).join('');
}

function refused(status: number, message: string): OutsideResponse {
  return jsonAnswer(status, { errorMessages: [message], errors: {} });
}
