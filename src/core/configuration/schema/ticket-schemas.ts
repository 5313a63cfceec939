import * as z from 'zod';
import { withFix } from './fixes';

/** Of a system of tickets: an address without a path, which credentials are sent to. */
function origin(example: string) {
  return withFix(
    z
      .url()
      .max(255)
      .regex(/^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?$/),
    `write its address alone, with https:// and without a path, such as ${example}`,
  );
}

function name(what: string, example: string) {
  return withFix(z.string().min(1).max(80), `write ${what}, such as ${example}`).default(example);
}

/** Everything that the function gets of its channels has room in 4 KB. */
const MAX_FIELDS = 1000;
const FIELDS_FIX = `write names of fields with their values, ${String(MAX_FIELDS)} characters at the most, or leave fields out`;

function isShort(fields: object): boolean {
  return JSON.stringify(fields).length <= MAX_FIELDS;
}

/** What `jira` has beside its secret and its filters. */
export const jiraFields = {
  site: origin('https://example.atlassian.net').describe('The site of Jira Cloud.'),
  project: withFix(z.string().regex(/^[A-Z][A-Z0-9_]{1,9}$/), 'write the key of the project, such as SEC').describe(
    'Where issues are made.',
  ),
  issueType: name('the name of a type of issue that the project has', 'Task').describe('Of issues that are made.'),
  resolveTransition: name('the name of a transition, or of the status that it leads to', 'Done').describe(
    'What an issue goes through once nothing is open any more.',
  ),
  reopenTransition: name('the name of a transition, or of the status that it leads to', 'To Do').describe(
    'What an issue goes through when its target is open again. Where the workflow has none, another issue is made.',
  ),
  fields: withFix(
    z.record(z.string().max(80), z.json()).refine(isShort, 'is too long').superRefine(refuseLabels),
    FIELDS_FIX,
  )
    .default({})
    .describe(
      'More fields of issues that are made, in the form of REST API 3, such as those that the project requires.',
    ),
};

/** What `serviceNow` has beside its secret and its filters. */
export const serviceNowFields = {
  instance: origin('https://example.service-now.com').describe('The instance.'),
  resolveState: name('the name of a state of incidents, as people see it', 'Resolved').describe(
    'The state of an incident once nothing is open any more.',
  ),
  reopenState: name('the name of a state of incidents, as people see it', 'In Progress').describe(
    'The state of an incident when its target is open again. One that is closed stays closed, and another is made.',
  ),
  closeCode: name('a resolution code of the instance, as people see it', 'Solution provided').describe(
    'What an incident is resolved with.',
  ),
  fields: withFix(
    z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.string()).refine(isShort, 'is too long'),
    FIELDS_FIX,
  )
    .default({})
    .describe('More fields of incidents that are made, such as assignment_group.'),
};

/** Labels of Jira have no spaces; what it refuses would be a dead letter for every ticket. */
function refuseLabels({ labels = [] }: Readonly<Record<string, unknown>>, context: z.RefinementCtx): void {
  const isTaken = Array.isArray(labels) && labels.every((each) => typeof each === 'string' && /^\S{1,255}$/.test(each));
  if (isTaken) return;
  const fix = 'write a list of words without spaces, such as labels: [network, team-a]';
  context.addIssue({ code: 'custom', path: ['labels'], message: 'are labels that Jira refuses', params: { fix } });
}
