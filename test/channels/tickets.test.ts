import { createTicketStage, SYSTEMS, type System } from './ticket-stage';

/** Where the first ticket of a stage is, and how people there close it for good, or delete it. */
const FIRST = {
  jira: '/rest/api/3/issue/SEC-1',
  servicenow: `/api/now/table/incident/${'1'.padStart(32, '0')}`,
};

/** By a person there. */
/** States as people of the instance see them. */
const AS_SEEN = '?sysparm_input_display_value=true';

const RESOLVE: Readonly<Record<System, readonly [method: string, path: string, body: object]>> = {
  jira: ['POST', `${FIRST.jira}/transitions`, { transition: { id: '13' } }],
  servicenow: ['PATCH', `${FIRST.servicenow}${AS_SEEN}`, { state: 'Resolved', close_code: 'x', close_notes: 'x' }],
};

const CREATE = { jira: '/rest/api/3/issue', servicenow: 'POST https://example.service-now.com/api/now/table/incident' };
const COMMENT = { jira: '/comment', servicenow: 'PATCH' };

describe.each(SYSTEMS)('a ticket of %s', (system: System) => {
  test('is made by what opens a matter, notified of what comes, resolved by what ends it, and opened again', async () => {
    const stage = createTicketStage(system);
    for (const kind of ['Decision Needed', 'Decision Needed', 'Ingress Closed', 'Ingress Reopened', 'Found Closed']) {
      expect(await stage.deliver(stage.event(kind))).toEqual({ kind: 'done' });
    }
    const [opened, closed] = [
      ['reopen', 'comment'],
      ['comment', 'resolve'],
    ];
    expect(stage.changes()).toEqual(['create', 'comment', ...closed, ...opened, ...closed]);
    expect(stage.deadLetters).toEqual([]);
  });

  test.each(['Ingress Closed', 'Risk Accepted', 'Exception Ending', 'Sweep Finished'])(
    'is not made of %s alone',
    async (kind) => {
      const stage = createTicketStage(system);
      await stage.deliver(stage.event(kind));
      expect(stage.changes()).toEqual([]);
    },
  );

  test('stays open until nothing of its target is open any more', async () => {
    const stage = createTicketStage(system);
    await stage.deliver(stage.event('Decision Needed', { controls: ['EC2.13', 'EC2.19'] }));
    await stage.deliver(stage.event('Ingress Closed', { controls: ['EC2.13'] }));
    expect(stage.changes()).toEqual(['create', 'comment']);
    await stage.deliver(stage.event('Ingress Closed', { controls: ['EC2.19'] }));
    expect(stage.changes().slice(2)).toEqual(['comment', 'resolve']);
  });

  test('is not made twice when the answer to the first try is lost', async () => {
    const stage = createTicketStage(system);
    const event = stage.event('Decision Needed');
    stage.loses = CREATE[system];
    expect(await stage.deliver(event)).toMatchObject({ kind: 'again' });
    expect(await stage.deliver(event, 2)).toEqual({ kind: 'done' });
    await stage.deliver(stage.event('Ingress Closed'));
    expect(stage.changes()).toEqual(['create', 'comment', 'resolve']);
  });

  test('is not notified twice when the answer to a comment is lost', async () => {
    const stage = createTicketStage(system);
    await stage.deliver(stage.event('Decision Needed'));
    const event = stage.event('Decision Needed');
    stage.loses = COMMENT[system];
    expect(await stage.deliver(event)).toMatchObject({ kind: 'again' });
    expect(await stage.deliver(event, 2)).toEqual({ kind: 'done' });
    expect(stage.changes()).toEqual(['create', 'comment']);
  });

  test('is found by its target when the ledger has forgotten it', async () => {
    const stage = createTicketStage(system);
    await stage.deliver(stage.event('Decision Needed'));
    stage.records.clear();
    await stage.deliver(stage.event('Decision Needed'));
    expect(stage.changes()).toEqual(['create', 'comment']);
    await stage.deliver(stage.event('Decision Needed', {}, { target: 'sg-00000000000000002' }));
    expect(stage.changes()).toEqual(['create', 'comment', 'create']);
  });

  test('that a person has resolved is not resolved again', async () => {
    const stage = createTicketStage(system);
    await stage.deliver(stage.event('Decision Needed'));
    expect(stage.act(...RESOLVE[system]).status).toBeLessThan(300);
    await stage.deliver(stage.event('Ingress Closed'));
    expect(stage.changes()).toEqual(['create', 'comment']);
  });

  test('that a person has deleted ends nothing, and is made anew for what is open', async () => {
    const stage = createTicketStage(system);
    await stage.deliver(stage.event('Decision Needed'));
    stage.act('DELETE', FIRST[system]);
    await stage.deliver(stage.event('Decision Needed'));
    expect(stage.changes()).toEqual(['create', 'comment', 'create']);
    const other = createTicketStage(system);
    await other.deliver(other.event('Decision Needed'));
    other.act('DELETE', FIRST[system]);
    expect(await other.deliver(other.event('Ingress Closed'))).toEqual({ kind: 'done' });
  });

  test.each<[string, number, object]>([
    ['429, with its Retry-After', 429, { kind: 'again', inSeconds: 3000 }],
    ['500', 500, { kind: 'again', inSeconds: 30 }],
    ['what is none of its answers', 200, { kind: 'again', inSeconds: 30 }],
  ])('comes again after %s, and is made once', async (_what, status, outcome) => {
    const stage = createTicketStage(system);
    const event = stage.event('Decision Needed');
    stage.order({ status, headers: { 'retry-after': '3000' }, body: '<html>Please log in</html>' });
    expect(await stage.deliver(event)).toEqual(outcome);
    expect(await stage.deliver(event, 2)).toEqual({ kind: 'done' });
    expect(stage.changes()).toEqual(['create']);
  });

  test('that was made, and then answered with garbage, is not made again', async () => {
    const stage = createTicketStage(system);
    const event = stage.event('Decision Needed');
    // The answer to the search, and then the one to the making.
    stage.order({ status: 200 });
    stage.order({ status: 201, body: '{"hello":"world"}' });
    expect(await stage.deliver(event)).toMatchObject({ kind: 'again' });
    expect(await stage.deliver(event, 2)).toEqual({ kind: 'done' });
    expect(stage.changes()).toEqual(['create']);
  });

  test.each<[string, string | undefined]>([
    ['missing', undefined],
    ['no JSON', 'hunter2'],
    ['of another form', '{"token":"hunter2"}'],
  ])('is a dead letter after four tries where the secret is %s, and the reason does not hold it', async (_, secret) => {
    const stage = createTicketStage(system);
    const event = stage.event('Decision Needed');
    stage.secret = secret;
    expect(await stage.deliver(event, 3)).toMatchObject({ kind: 'again' });
    expect(await stage.deliver(event, 4)).toEqual({ kind: 'done' });
    expect(stage.deadLetters).toHaveLength(1);
    expect(stage.deadLetters.join()).not.toContain('hunter2');
    expect(stage.sent()).toEqual([]);
  });

  test('is made of the hostile and of the long, within its limits, and names nothing but its target in a query', async () => {
    const stage = createTicketStage(system);
    const reason = `[code]<script>alert(1)</script>[/code] {noformat} ^active=false" OR 1=1 \u202e\u0000${'多'.repeat(100_000)}`;
    const target = {
      kind: 'security-group',
      partition: 'aws',
      account: '2^active=true',
      region: '"x"',
      id: 'sg 1',
      arn: '',
    };
    const detail = { reason, decidedBy: reason, severity: reason, controls: [reason], target };
    expect(await stage.deliver(stage.event('Decision Needed', detail))).toEqual({ kind: 'done' });
    expect(await stage.deliver(stage.event('Decision Needed', detail))).toEqual({ kind: 'done' });
    expect(await stage.deliver(stage.event('Ingress Closed', detail))).toEqual({ kind: 'done' });
    expect(stage.changes()).toEqual(['create', 'comment', 'comment', 'resolve']);
    // Markup of ServiceNow's journals; in the Atlassian Document Format it is text like any other.
    const isMarkup = system === 'servicenow' && stage.sent().some(({ body }) => body.includes('[code]'));
    expect(isMarkup).toBe(false);
  });

  test('of a test is made and resolved', async () => {
    const stage = createTicketStage(system);
    await stage.deliver(stage.event('Test', { target: undefined, controls: [] }));
    expect(stage.changes()).toEqual(['create', 'resolve']);
  });
});

test('an issue whose workflow does not lead back is followed by another one', async () => {
  const stage = createTicketStage('jira');
  await stage.deliver(stage.event('Decision Needed'));
  await stage.deliver(stage.event('Ingress Closed'));
  stage.order({ status: 200 });
  stage.order({ status: 200, body: '{"transitions":[{"id":"1","name":"Archive"}]}' });
  await stage.deliver(stage.event('Ingress Reopened'));
  expect(stage.changes()).toEqual(['create', 'comment', 'resolve', 'create']);
});

test('an issue whose workflow has no such transition is a dead letter that says which ones it has', async () => {
  const stage = createTicketStage('jira');
  await stage.deliver(stage.event('Decision Needed'));
  const event = stage.event('Ingress Closed');
  stage.order({ status: 201 });
  stage.order({ status: 200 });
  stage.order({ status: 200, body: '{"transitions":[{"id":"1","name":"Approve"},{"id":"2","name":"Reject"}]}' });
  expect(await stage.deliver(event)).toEqual({ kind: 'done' });
  expect(stage.deadLetters).toEqual([
    'The workflow of SEC-1 has no transition "Done" where the issue is now; it has Approve, Reject. Set ' +
      'notifications.jira.resolveTransition',
  ]);
  // Sent again once that is mended, it is notified once.
  expect(await stage.deliver(event)).toEqual({ kind: 'done' });
  expect(stage.changes()).toEqual(['create', 'comment', 'resolve']);
});

test('an incident that is closed for good is followed by another one', async () => {
  const stage = createTicketStage('servicenow');
  await stage.deliver(stage.event('Decision Needed'));
  await stage.deliver(stage.event('Ingress Closed'));
  stage.act('PATCH', `${FIRST.servicenow}${AS_SEEN}`, { state: 'Closed' });
  await stage.deliver(stage.event('Ingress Reopened'));
  expect(stage.changes()).toEqual(['create', 'comment', 'resolve', 'create']);
});

test('an incident says what is needed to find it, and how urgent it is', async () => {
  const stage = createTicketStage('servicenow');
  await stage.deliver(stage.event('Decision Needed', { severity: 'CRITICAL' }));
  const body = JSON.parse(stage.sent().at(-1)?.body ?? '') as Record<string, string>;
  expect(body).toMatchObject({
    ...{ impact: '2', urgency: '1', assignment_group: 'Network', correlation_display: 'Portcullis' },
    short_description: 'A person must decide: sg-0123456789abcdef0 in 222222222222/us-east-1',
    correlation_id: 'portcullis.222222222222.us-east-1.security-group.sg-0123456789abcdef0',
  });
  expect(body['description']).toMatch(/Remediation: rem-0123456789abcdef\n\nPortcullis event [\w-]+$/);
});

test('an issue has the fields of the project, the label of its target, and its event as a property', async () => {
  const stage = createTicketStage('jira');
  await stage.deliver(stage.event('Decision Needed', {}, { id: 'event-1' }));
  const correlation = 'portcullis.222222222222.us-east-1.security-group.sg-0123456789abcdef0';
  expect(JSON.parse(stage.sent().at(-1)?.body ?? '')).toMatchObject({
    fields: { project: { key: 'SEC' }, issuetype: { name: 'Task' }, labels: ['team', 'portcullis', correlation] },
    properties: [{ key: 'portcullis', value: { correlation, eventId: 'event-1' } }],
  });
});
