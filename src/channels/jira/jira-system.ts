import { truncateText } from '../../core/messages/truncate-text';
import { toAdf } from '../../core/messages/tickets/to-adf';
import { listOf, memberOf, textOf } from '../../core/read-member';
import { failure, success } from '../../core/result';
import { notUnderstood, type JsonApi } from '../json-api';
import type { TicketResult, TicketSystem } from '../tickets/ticket-system';

export interface JiraProject {
  /** Its key, such as `SEC`. */
  readonly project: string;
  readonly issueType: string;
  /** By the name of the transition, or of the status that it leads to. */
  readonly resolveTransition: string;
  readonly reopenTransition: string;
  /** Of every issue that is made, such as what a project requires; in the form of the API. */
  readonly fields: Readonly<Record<string, unknown>>;
}

const MAX_SUMMARY = 250;
/** So many of the newest comments may have come since ours. */
const COMMENTS = 20;
const KEY = /^[A-Z][A-Z0-9_]*-\d+$/;

/**
 * Jira's search lags behind what was made, by seconds; what is tried again is tried after half a minute.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/
 */
export function createJiraSystem(settings: JiraProject, { call }: JsonApi): TicketSystem {
  const issue = (key: string) => `/rest/api/3/issue/${encodeURIComponent(key)}`;

  async function statusOf(key: string): TicketResult<'open' | 'done' | 'gone'> {
    const path = `${issue(key)}?fields=status`;
    const answer = await call('GET', path, undefined, [404]);
    if (!answer.ok) return answer;
    if (answer.value.status === 404) return success('gone');
    const status = memberOf(memberOf(answer.value.body, 'fields'), 'status');
    const category = textOf(memberOf(memberOf(status, 'statusCategory'), 'key'));
    if (category === undefined) return notUnderstood(path);
    return success(category === 'done' ? 'done' : 'open');
  }

  async function transition(key: string, name: string): TicketResult<{ readonly others?: readonly string[] }> {
    const path = `${issue(key)}/transitions`;
    const answer = await call('GET', path);
    if (!answer.ok) return answer;
    const all = listOf(memberOf(answer.value.body, 'transitions'));
    const wanted = all.find((each) => namesOf(each).some((known) => known.toLowerCase() === name.toLowerCase()));
    const id = textOf(memberOf(wanted, 'id'));
    if (id === undefined) return success({ others: all.flatMap((each) => namesOf(each)[0] ?? []) });
    const moved = await call('POST', path, { transition: { id } });
    return moved.ok ? success({}) : moved;
  }

  return {
    // https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/
    async probe() {
      const path = `/rest/api/3/project/${encodeURIComponent(settings.project)}`;
      const answer = await call('GET', path);
      if (!answer.ok) return answer;
      const key = textOf(memberOf(answer.value.body, 'key'));
      if (key === undefined) return notUnderstood(path);
      return success(`it shows project ${key}; whether issues may be made there is not asked`);
    },
    async find(correlation) {
      const path = '/rest/api/3/search/jql';
      const of = `project = "${settings.project}" AND labels = "${correlation}"`;
      const jql = `${of} AND statusCategory != Done ORDER BY created DESC`;
      const answer = await call('POST', path, { jql, fields: ['description'], maxResults: 1 });
      if (!answer.ok) return answer;
      const issues = memberOf(answer.value.body, 'issues');
      if (!Array.isArray(issues)) return notUnderstood(path);
      const [first] = issues as readonly unknown[];
      if (first === undefined) return success(undefined);
      const key = textOf(memberOf(first, 'key'));
      if (key === undefined || !KEY.test(key)) return notUnderstood(path);
      return success({ key, says: JSON.stringify(memberOf(first, 'fields') ?? '') });
    },
    async create({ correlation, text, eventId }) {
      const path = '/rest/api/3/issue';
      const { project, issueType, fields } = settings;
      const labels = [...listOf(fields['labels']), 'portcullis', correlation];
      const answer = await call('POST', path, {
        fields: {
          ...fields,
          project: { key: project },
          issuetype: { name: issueType },
          summary: truncateText(text.title, MAX_SUMMARY),
          description: toAdf(text),
          labels,
        },
        properties: [{ key: 'portcullis', value: { correlation, eventId } }],
      });
      if (!answer.ok) return answer;
      const key = textOf(memberOf(answer.value.body, 'key'));
      return key === undefined || !KEY.test(key) ? notUnderstood(path) : success(key);
    },
    async hasComment(key, mark) {
      const path = `${issue(key)}/comment?orderBy=-created&maxResults=${String(COMMENTS)}`;
      const answer = await call('GET', path, undefined, [404]);
      return answer.ok ? success(JSON.stringify(answer.value.body ?? '').includes(mark)) : answer;
    },
    async comment(key, text) {
      const answer = await call('POST', `${issue(key)}/comment`, { body: toAdf(text) }, [404]);
      return answer.ok ? success(answer.value.status === 404 ? 'gone' : 'done') : answer;
    },
    async resolve(key) {
      const status = await statusOf(key);
      if (!status.ok || status.value !== 'open') return status.ok ? success(undefined) : status;
      const { resolveTransition: name } = settings;
      const moved = await transition(key, name);
      if (!moved.ok || moved.value.others === undefined) return moved.ok ? success(undefined) : moved;
      const cause =
        `The workflow of ${key} has no transition "${name}" where the issue is now; it has ` +
        `${moved.value.others.join(', ') || 'none'}. Set notifications.jira.resolveTransition`;
      return failure({ code: 'refused', retryable: false, cause });
    },
    async reopen(key) {
      const status = await statusOf(key);
      if (!status.ok) return status;
      if (status.value !== 'done') return success(status.value === 'gone' ? 'gone' : 'done');
      const moved = await transition(key, settings.reopenTransition);
      if (!moved.ok) return moved;
      return success(moved.value.others === undefined ? 'done' : 'impossible');
    },
  };
}

function namesOf(transition: unknown): readonly string[] {
  return [memberOf(transition, 'name'), memberOf(memberOf(transition, 'to'), 'name')].flatMap(
    (each) => textOf(each) ?? [],
  );
}
